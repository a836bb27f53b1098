// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// TypeScript that has to be transformed, several features at once.
enum MixBits { None, A = 1 << 0, B = 1 << 1, Both = A | B, Len = 'abc'.length } enum MixText { A = 'a', B = `b${'c'}` }
enum MixBits { Late = 64 }
const enum MixFixed { X = 'x', Y = 2, Z = Y * 2 }
namespace MixOuter { export namespace Inner { export const by = 3; export class Box<T> { constructor(protected readonly v: T, readonly plus: number = by) {} get(): T { return this.v; } } export enum E { Q = 7 } } let hidden = 1; export function bump(): number { return ++hidden; } export const alias = Inner; }
namespace MixOuter { export const later = (x: number): number => x * MixOuter.Inner.by; }
class MixMerged { static make(): MixMerged { return new MixMerged(); } n = MixMerged.start; } namespace MixMerged { export const start = 5; export type T = number; }
function mixCallable(x: number): number { return x + mixCallable.by; } namespace mixCallable { export let by = 2; }
abstract class MixAbs { protected constructor(protected readonly log: string[] = [], public readonly name: string) {} abstract run(x: number): number; go(x: number): string { this.log.push(this.name); return `${this.name}${this.run(x)}${this.log.length}`; } }
class MixReal extends MixAbs { #p = 1; constructor(private readonly by: number, extra?: string) { super(undefined, extra ?? 'real'); } override run(x: number): number { return x * this.by + this.#p; } }
import mixAlias = MixOuter.Inner;

same('combined: transformed: merged and computed enums, their members', () => [(n: number) => [MixBits[n], MixBits.Both, MixBits.Len, MixBits.Late, MixText.B], 1], ['A', 3, 3, 64, 'bc']);
same('combined: transformed: a const enum in a switch and in a class', () => [(f: MixFixed) => { class C { static k = MixFixed.Z; } switch (f) { case MixFixed.X: return C.k; case MixFixed.Y: return 'y'; default: return 'none'; } }, 'x'], 4);
same('combined: transformed: nested and merged namespaces, an alias', () => [(x: number) => [new MixOuter.Inner.Box('v').get(), MixOuter.later(x), new mixAlias.Box(1).plus, MixOuter.alias.E[7], MixOuter.Inner === mixAlias], 2], ['v', 6, 3, 'Q', true]);
same('combined: transformed: a namespace\'s hidden variable', () => [() => { const a = MixOuter.bump(); return MixOuter.bump() - a; }], 1);
same('combined: transformed: a class and a function merged with namespaces', () => [(x: number) => [MixMerged.make().n, mixCallable(x)], 1], [5, 3]);
same('combined: transformed: an abstract class with parameter properties, private names in a subclass', () => [(x: number) => new MixReal(3).go(x) + new MixReal(1, 'e').go(x), 2], 'real71e31');
same('combined: transformed: an instance with parameter properties of two levels', () => { class A { constructor(public a: number) {} } class B extends A { constructor(public readonly b: number, a = b + 1) { super(a); } sum = () => this.a + this.b; } const o = new B(1); return [() => [o.sum(), o instanceof A]]; }, [3, true]);
same('combined: transformed: an enum as a captured value of a function\'s default', () => { const pick = (b: MixBits = MixBits.Both): string => MixBits[b]; return [pick]; }, 'Both');
same('combined: transformed: a local enum and namespace in a maker', () => { enum L { P = 4 } return [() => [L.P, L[4]]]; }, [4, 'P']);
