import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConcurrencyLimit } from '../../src/limits/concurrency-limit.js';
import { KeyedConcurrencyLimit } from '../../src/limits/keyed-concurrency-limit.js';

/**
 * Random programs against a model: a line of who waits and a set of who is inside, per key.
 * A call enters at once if there is room, else when one that left (or a higher limit) makes room, in the order of asking.
 */

const numRuns = process.env.TIER === 'full' ? 3000 : 300;

type Step =
  | { do: 'ask'; kind: Kind; key: string }
  | { do: 'leave'; failing: boolean; which: number }
  | { do: 'abort'; which: number }
  | { do: 'limit'; limit: number }
  | { do: 'turn' };
type Kind = 'run' | 'acquire';

const kinds: Kind[] = ['run', 'acquire'];
const programs: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('ask' as const), kind: fc.constantFrom(...kinds), key: fc.constantFrom('a', 'b', 'c') }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('leave' as const), failing: fc.boolean(), which: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('abort' as const), which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('limit' as const), limit: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  ),
  { maxLength: 60 },
);

/** What both classes offer, so that one player serves both. */
interface Limiter {
  run(key: string, fn: () => Promise<void>): Promise<void>;
  acquire(key: string, signal: AbortSignal): Promise<Disposable>;
  setLimit?(limit: number): void;
  check(model: Model): void;
}

class Model {
  readonly lines = new Map<string, Call[]>();
  readonly inside = new Map<string, Set<Call>>();
  readonly started: Call[] = [];
  limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  ask(call: Call): void {
    at(this.lines, call.key, () => []).push(call);
    this.admit(call.key);
  }

  leave(call: Call): void {
    this.lines.set(
      call.key,
      at(this.lines, call.key, () => []).filter((other) => other !== call),
    );
    this.inside.get(call.key)?.delete(call);
    this.admit(call.key);
  }

  admit(key: string): void {
    const inside = at(this.inside, key, () => new Set());
    const line = at(this.lines, key, () => []);
    for (const call of line.splice(0, Math.max(0, this.limit - inside.size))) {
      inside.add(call);
      this.started.push(call);
    }
  }
}

class Call {
  readonly controller = new AbortController();
  readonly kind: Kind;
  readonly key: string;
  /** Set while it is inside. */
  end: ((failing: boolean) => void) | undefined;
  settled: Promise<unknown> | undefined;

  constructor(kind: Kind, key: string) {
    this.kind = kind;
    this.key = key;
  }

  start(limiter: Limiter, entered: (call: Call) => void): void {
    const enter = (end: (failing: boolean) => void) => {
      this.end = end;
      entered(this);
    };
    const run = () => new Promise<void>((resolve, reject) => enter((failing) => (failing ? reject(new Error('deliberate')) : resolve())));
    const hold = (place: Disposable) =>
      enter(() => {
        place[Symbol.dispose]();
        place[Symbol.dispose]();
      });
    const promise = this.kind === 'run' ? limiter.run(this.key, run) : limiter.acquire(this.key, this.controller.signal).then(hold);
    this.settled = promise.catch(() => {});
  }
}

async function play(limiter: Limiter, limit: number, program: Step[]): Promise<void> {
  const model = new Model(limit);
  const calls: Call[] = [];
  const started: Call[] = [];

  const entered = (call: Call) => {
    started.push(call);
    // The model never lets in more than the limit of its moment, so this is the bound even where a limit was lowered.
    expect(insideNow(call.key)).toBeLessThanOrEqual(model.inside.get(call.key)?.size ?? 0);
  };
  const insideNow = (key: string) => calls.filter((call) => call.key === key && call.end).length;
  const end = (call: Call, failing: boolean) => {
    const leave = call.end;
    call.end = undefined;
    model.leave(call);
    leave?.(failing);
  };
  const check = async () => {
    await turn();
    for (const key of model.lines.keys()) expect(of(started, key)).toEqual(of(model.started, key));
    limiter.check(model);
  };
  const of = (order: Call[], key: string) => order.filter((call) => call.key === key).map((call) => calls.indexOf(call));

  for (const step of program) {
    if (step.do === 'ask') {
      const call = new Call(step.kind, step.key);
      calls.push(call);
      model.ask(call);
      call.start(limiter, entered);
    } else if (step.do === 'leave') {
      const call = pick(
        calls.filter((call) => call.end),
        step.which,
      );
      if (!call) continue;
      end(call, step.failing);
      // The model takes its place at once; the limit hears of the end of a function some microtasks later.
      if (call.kind === 'run') await turn();
    } else if (step.do === 'abort') {
      const waiting = [...model.lines.values()].flat();
      const call = pick(
        waiting.filter((call) => call.kind === 'acquire'),
        step.which,
      );
      if (!call) continue;
      model.leave(call);
      call.controller.abort();
    } else if (step.do === 'limit') {
      if (!limiter.setLimit) continue;
      limiter.setLimit(step.limit);
      model.limit = step.limit;
      for (const key of model.lines.keys()) model.admit(key);
    } else {
      await check();
    }
  }

  do {
    await check();
    for (const call of calls) if (call.end) end(call, false);
  } while ([...model.inside.values()].some((inside) => inside.size > 0));
  await Promise.all(calls.map((call) => call.settled));
  await check();
  for (const { controller } of calls) expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
}

it('ConcurrencyLimit: never above the limit, first come first served, every place given back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), programs, async (n, program) => {
      const limit = new ConcurrencyLimit(n);
      const limiter: Limiter = {
        run: (_, fn) => limit.run(fn),
        acquire: (_, signal) => limit.acquire({ signal }),
        setLimit: (value) => (limit.limit = value),
        check: ({ inside, lines }) =>
          expect([limit.running, limit.waiting]).toEqual([inside.get('a')?.size ?? 0, lines.get('a')?.length ?? 0]),
      };
      await play(
        limiter,
        n,
        program.map((step) => (step.do === 'ask' ? { ...step, key: 'a' } : step)),
      );
    }),
    { numRuns },
  );
});

it('KeyedConcurrencyLimit: the same for each key, and it remembers only keys in use', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), programs, async (n, program) => {
      const limit = new KeyedConcurrencyLimit(n);
      const limiter: Limiter = {
        run: (key, fn) => limit.run(key, fn),
        acquire: (key, signal) => limit.acquire(key, { signal }),
        check: ({ inside }) => expect(limit.size).toBe([...inside.values()].filter((calls) => calls.size > 0).length),
      };
      await play(limiter, n, program);
    }),
    { numRuns },
  );
});

function at<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function pick<T>(list: T[], which: number): T | undefined {
  return list[which % list.length];
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
