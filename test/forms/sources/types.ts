// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// TypeScript that Node strips by itself: the positions of what is left must still be right.

interface Row { readonly id: number; name?: string }
type Fn<T> = (x: T) => T;
const enumLike = { Red: 'red', Blue: 'blue' } as const;
type Colour = (typeof enumLike)[keyof typeof enumLike];
abstract class Shape { abstract area(): number; protected readonly unit: string = 'm'; declare ghost: number; describe(this: Shape): string { return `${this.area()}${this.unit}`; } }

same('types: annotated parameters and result', () => [(a: number, b: string = 'x'): string => b.repeat(a), 2], 'xx');
same('types: a generic arrow', () => [<T,>(x: T): T[] => [x], 1], [1]);
same('types: a generic function with constraints', () => [function pick<T extends object, K extends keyof T>(o: T, k: K): T[K] { return o[k]; }, { a: 1 }, 'a'], 1);
same('types: as, satisfies, non-null, const', () => { const rows = [{ id: 1 }] as const satisfies readonly Row[]; return [(i: number) => (rows[i]!.id as unknown as number) + (rows satisfies unknown ? 1 : 0), 0]; }, 2);
same('types: optional and this parameters', () => [function (this: { by: number }, a?: number): number { return (a ?? 1) * this.by; }.bind({ by: 3 }), 2], 6);
same('types: overloads', () => { function over(a: string): string; function over(a: number): number; function over(a: any): any { return a; } return [over, 3]; }, 3);
same('types: interfaces and aliases inside the function', () => [(x: number) => { interface Inner { v: number } type Alias = Inner | undefined; const i: Alias = { v: x }; return i!.v; }, 2], 2);
same('types: a type predicate and an assertion', () => { const isRow = (x: unknown): x is Row => typeof x === 'object' && x !== null && 'id' in x; function must(x: unknown): asserts x is Row { if (!isRow(x)) throw new TypeError('no row'); } return [(x: unknown) => { must(x); return x.id; }, { id: 4 }]; }, 4);
same('types: as const captured, indexed by a type', () => [(c: keyof typeof enumLike): Colour => enumLike[c], 'Blue'], 'blue');
same('types: type arguments in calls', () => { const make = <T,>(v: T) => ({ v }); return [(x: number) => [...new Map<string, number>([['a', x]]), make<number>(x).v, Array.from<number>([x])], 1]; }, [['a', 1], 1, [1]]);
same('types: a function type as a parameter', () => [(f: Fn<number>, g: (a: string, b?: boolean) => void, x: number): number => (g('s'), f(x)), (x: number) => x + 1, () => {}, 1], 2);
same('types: destructured parameters with types', () => [({ a, b = 2 }: { a: number; b?: number }, [c]: [number] = [3]): number => a + b + c, { a: 1 }], 6);
same('types: a class with modifiers, index signature, generics', () => { class Box<T> { [key: string]: unknown; private readonly v: T; static #made = 0; protected static count?: number; constructor(v: T) { this.v = v; Box.#made++; } get(): T { return this.v; } static get made(): number { return Box.#made; } } return [(x: number) => [new Box<number>(x).get(), Box.made], 3]; }, [3, 1]);
same('types: an async generic with a union result', () => [async <T extends string | number>(x: T): Promise<T | undefined> => { const later: Promise<T> = Promise.resolve(x); return await later; }, 'a'], 'a');
same('types: comments and types between arrow and parameters', () => [(a: number /* : string */ , b?: number): /* => */ number => a + (b ?? 0), 1, 2], 3);
same('types: closures several lines below types', () => {
  type Long = {
    a: number;
    b: string;
  };
  const by: Long = { a: 2, b: 'x' };
  return [(
    x: number,
  ): number => {
    const y: Long['a'] = x;
    return y * by.a;
  }, 3];
}, 6);
streams('types: an annotated generator, streamed', () => [function* (n: number): Generator<number, void, undefined> { for (let i: number = 0; i < n; i++) yield i; }, 2], [0, 1]);
