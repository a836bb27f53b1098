// biome-ignore-all lint: the forms are written as people write them, not as the house does
// biome-ignore-all format: as above
// When captures are read, what is shared, what stays in the thread; named arguments; errors.

form('snapshot: a captured let, at each call', async (run) => { let n = 1; const f = () => n; const first = run(f); n = 2; const second = run(f); n = 3; return [await first, await second, n]; }, [1, 2, 3]);
form('snapshot: a captured object changed after the call', async (run) => { const o = { n: 1 }; const first = run(async () => { await null; return o.n; }); o.n = 2; return [await first, await run(() => o.n)]; }, [1, 2], { direct: false });
form('snapshot: an argument changed after the call', async (run) => { const list = [1]; const first = run(async (l) => { await null; return l.length; }, list); list.push(2); return [await first, list.length]; }, [1, 2], { direct: false });
form('snapshot: many calls wait, each has its own value', async (run) => { let n = 0; const calls = []; for (; n < 40; n++) calls.push(run(() => n)); return (await Promise.all(calls)).reduce((a, b) => a + b, 0); }, 780);
form('snapshot: a captured function replaced', async (run) => { let f = () => 'old'; const first = run(() => f()); f = () => 'new'; return [await first, await run(() => f())]; }, ['old', 'new']);
form('isolation: a captured object is not changed here', async (run) => { const o = { n: 1 }; const there = await run(() => { o.n += 1; return o.n; }); return [there, o.n]; }, [2, 1], { direct: false });
form('isolation: an argument is not changed here', async (run) => { const list = [1]; const there = await run((l) => l.push(2), list); return [there, list.length]; }, [2, 1], { direct: false });
form('isolation: no call sees what an earlier one did to a let', async (run) => { let n = 0; const bump = () => ++n; return [await run(bump), await run(bump), n]; }, [1, 1, 0], { direct: false });
form('isolation: no call sees what an earlier one did to an object', async (run) => { const seen = []; const add = (x) => { seen.push(x); return seen.length; }; return [await run(add, 1), await run(add, 2), seen.length]; }, [1, 1, 0], { direct: false });
form('isolation: nor to a captured function\'s properties', async (run) => { const f = () => 1; const count = () => { f.calls = (f.calls ?? 0) + 1; return f.calls; }; return [await run(count), await run(count), f.calls]; }, [1, 1, undefined], { direct: false });
form('isolation: nor to a captured class', async (run) => { class C { static n = 0; } const bump = () => ++C.n; return [await run(bump), await run(bump), C.n]; }, [1, 1, 0], { direct: false });
form('the same function at once, many times', async (run) => { const by = 3; const f = (x) => x * by; return (await Promise.all(Array.from({ length: 50 }, (_v, i) => run(f, i)))).reduce((a, b) => a + b, 0); }, 3675);
form('fresh closures of one place, many times', async (run) => { const all = []; for (let i = 0; i < 50; i++) all.push(run((x) => x + i, i)); return (await Promise.all(all)).reduce((a, b) => a + b, 0); }, 2450);
form('it runs on another thread', async (run) => { const here = process.getBuiltinModule ? process.getBuiltinModule('node:worker_threads').threadId : undefined; const there = await run(() => process.getBuiltinModule?.('node:worker_threads').threadId); return here === undefined || here !== there; }, true, { direct: false });

form('named: an arrow with a default', (run) => { const by = 2; return run.named((first, second = by) => first * second, { first: 4 }); }, 8, { direct: false });
form('named: in any order', (run) => run.named(function (a, b, c) { return [a, b, c]; }, { c: 3, a: 1, b: 2 }), [1, 2, 3], { direct: false });
form('named: one object parameter takes the object whole', (run) => run.named(({ a, b = 2 }) => a + b, { a: 1 }), 3, { direct: false });
form('named: the rest takes an array', (run) => run.named((first, ...others) => [first, others], { first: 1, others: [2, 3] }), [1, [2, 3]], { direct: false });
form('named: a method', (run) => run.named({ times(amount, factor) { return amount * factor; } }.times, { factor: 3, amount: 2 }), 6, { direct: false });
form('named: async, with a comment in the list', (run) => run.named(async (left /* = 5, */, right = 'r' + ')') => left + right, { left: 'l' }), 'lr)', { direct: false });
form('named: a name that the function lacks', async (run) => (await failure(run.named((a) => a, { b: 1 }))).code, 'ERR_NAMED_ARGUMENT', { direct: false });

form('error: a class of the language, with code and cause', async (run) => { const e = await failure(run(() => { throw Object.assign(new RangeError('far', { cause: { deep: 1 } }), { code: 'E_FAR', extra: [1] }); })); return [e instanceof RangeError, e.message, e.code, e.extra, e.cause]; }, [true, 'far', 'E_FAR', [1], { deep: 1 }]);
form('error: of a rejected promise', async (run) => { const e = await failure(run(async () => { await null; throw new SyntaxError('late'); })); return [e instanceof SyntaxError, e.message]; }, [true, 'late']);
form('error: something else is thrown', async (run) => failure(run(() => { throw { not: 'an error' }; })), { not: 'an error' });
form('error: null is thrown', async (run) => { try { await run(() => { throw null; }); return 'no'; } catch (e) { return e; } }, null);
form('error: a local class, thrown as itself', async (run) => { class Local extends Error { constructor(m, n) { super(m); this.n = n; } } const e = await failure(run((n) => { throw new Local('mine', n); }, 4)); return [e instanceof Local, e.message, e.n]; }, [true, 'mine', 4]);
form('error: its stack begins at the user\'s own line and column', async (run) => {
  const fail = () => { const inner = () => { throw new Error('there'); }; inner(); };
  const places = (error) => error.stack.split('\n').filter((l) => l.startsWith('    at ')).slice(0, 2).map((l) => /([^\\/( ]+?:\d+:\d+)\)?$/.exec(l)?.[1].replace(/\?[^:]*/, ''));
  const here = places(await failure((async () => fail())()));
  const there = places(await failure(run(fail)));
  return [there, here].every((l) => l.length === 2) && there.every((p, i) => p === here[i]) ? 'the same' : { there, here };
}, 'the same');

form('refused: a WeakMap captured, with the path', async (run) => { const seen = new WeakMap(); const e = await failure(run(() => seen.has({}))); return [e.code, e.path?.includes(nameIn(() => seen))]; }, ['ERR_FUNCTION_NOT_SENDABLE', true], { direct: false });
form('refused: a generator object captured', async (run) => { const g = (function* () { yield 1; })(); const e = await failure(run(() => g.next().value)); return e.code; }, 'ERR_FUNCTION_NOT_SENDABLE', { direct: false });
form('refused: a promise captured', async (run) => { const p = Promise.resolve(1); const e = await failure(run(() => p)); return e.code; }, 'ERR_FUNCTION_NOT_SENDABLE', { direct: false });
form('refused: a native function that no name reaches', async (run) => { let settle; new Promise((r) => { settle = r; }); const e = await failure(run(() => settle(1))); return e.code; }, 'ERR_FUNCTION_NOT_SENDABLE', { direct: false });
form('refused: a getter that throws while it is captured', async (run) => { const o = { get bad() { throw new Error('getter'); } }; const e = await failure(run(() => Object.keys(o).length)); return e.code; }, 'ERR_FUNCTION_NOT_SENDABLE', { direct: false });
form('refused: a WeakMap argument', async (run) => { const e = await failure(run((m) => m, { deep: [new WeakMap()] })); return [e.code, e.path]; }, ['ERR_VALUE_NOT_SENDABLE', 'args[0].deep[0]'], { direct: false });
form('refused: a result that cannot cross', async (run) => (await failure(run(() => ({ w: new WeakMap() })))).code, 'ERR_VALUE_NOT_SENDABLE', { direct: false });
form('refused: and the next call goes on', async (run) => { await failure(run((m) => m, new WeakMap())); return run((x) => x, 1); }, 1, { direct: false });
