/**
 * What a task may have broken for all that come after it on its thread: the methods that the thread's own code lives by. Asked only when that code
 * has failed, so no call pays for it; by what they do, since a polyfill that does the same is welcome.
 */

/** To be called where the thread's own code has failed at what no call should make it fail at. */
export function throwIfBroken(): void {
  const broken = brokenBuiltin();
  if (broken !== undefined) throw new Error(`${broken} is not what it was`);
}

/** The first that does not do what it should; undefined where all do. Cost: some 10 µs. */
function brokenBuiltin(): string | undefined {
  for (let at = 0; at < checks.length; at++) {
    const [name, works] = checks[at] as Check;
    try {
      if (works() !== true) return name;
    } catch {
      return name;
    }
  }
  return undefined;
}

type Check = readonly [name: string, works: () => boolean];

const checks: readonly Check[] = [
  ['Map.prototype.set', () => new Map().set(1, 2).size === 1],
  ['Map.prototype.get', () => new Map([[1, 2]]).get(1) === 2],
  ['Map.prototype.has', () => new Map([[1, 2]]).has(1) && !new Map().has(1)],
  ['Map.prototype.delete', () => new Map([[1, 2]]).delete(1)],
  ['Map.prototype.size', () => new Map([[1, 2]]).size === 1],
  ['Map.prototype.values', () => [...new Map([[1, 2]]).values()][0] === 2],
  ['Map.prototype[Symbol.iterator]', () => [...new Map([[1, 2]])][0]?.[1] === 2],
  ['Set.prototype.add', () => new Set().add(1).size === 1],
  ['Set.prototype.has', () => new Set([1]).has(1) && !new Set().has(1)],
  ['Set.prototype[Symbol.iterator]', () => [...new Set([1])][0] === 1],
  ['WeakMap.prototype.set', () => new WeakMap().set(held, 1).get(held) === 1],
  ['WeakMap.prototype.get', () => new WeakMap([[held, 1]]).get(held) === 1],
  ['WeakMap.prototype.has', () => new WeakMap([[held, 1]]).has(held)],
  ['Array.isArray', () => Array.isArray([]) && !Array.isArray(held)],
  ['Array.from', () => Array.from([1])[0] === 1],
  ['Array.prototype.push', () => two().push(3) === 3],
  ['Array.prototype.pop', () => two().pop() === 2],
  ['Array.prototype.shift', () => two().shift() === 1],
  ['Array.prototype.map', () => two().map((n) => n + 1)[1] === 3],
  ['Array.prototype.flatMap', () => two().flatMap((n) => [n, n]).length === 4],
  ['Array.prototype.filter', () => two().filter((n) => n > 1).length === 1],
  ['Array.prototype.some', () => two().some((n) => n > 1)],
  ['Array.prototype.every', () => two().every((n) => n > 0)],
  ['Array.prototype.find', () => two().find((n) => n > 1) === 2],
  ['Array.prototype.includes', () => two().includes(2) && !two().includes(3)],
  ['Array.prototype.slice', () => two().slice(1)[0] === 2],
  ['Array.prototype.join', () => two().join('-') === '1-2'],
  ['Array.prototype.entries', () => [...two().entries()][1]?.[1] === 2],
  ['Object.keys', () => Object.keys(held)[0] === 'a'],
  ['Object.entries', () => Object.entries(held)[0]?.[1] === 1],
  ['Object.hasOwn', () => Object.hasOwn(held, 'a')],
  ['Object.create', () => Object.getPrototypeOf(Object.create(held)) === held],
  ['Object.getPrototypeOf', () => Object.getPrototypeOf(held) === Object.prototype],
  ['Object.setPrototypeOf', () => Object.getPrototypeOf(Object.setPrototypeOf({}, held)) === held],
  ['Object.defineProperty', () => Object.defineProperty({ b: 0 }, 'b', { value: 1 }).b === 1],
  ['Object.getOwnPropertyDescriptor', () => Object.getOwnPropertyDescriptor(held, 'a')?.value === 1],
  ['Reflect.ownKeys', () => Reflect.ownKeys(held)[0] === 'a'],
  ['Reflect.get', () => Reflect.get(held, 'a') === 1],
  ['Function.prototype.call', () => two.call(undefined).length === 2],
  ['Function.prototype.apply', () => two.apply(undefined).length === 2],
  ['String.prototype.split', () => 'a b'.split(' ').length === 2],
  ['String.prototype.startsWith', () => 'ab'.startsWith('a')],
  ['String.prototype.replace', () => 'ab'.replace(/b/, 'c') === 'ac'],
  ['RegExp.prototype.exec', () => /b/.exec('ab')?.index === 1 && /b/.test('ab')],
  ['Math.min', () => Math.min(1, 2) === 1 && Math.max(1, 2) === 2],
];

const held = { a: 1 };

function two(): number[] {
  return [1, 2];
}
