// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// TypeScript that has to be transformed: tsx, Vitest and bundlers; not Node's own stripping.
// (Standard decorators, which only some of these transform, are in decorated.ts.)

enum Level { Low, High = 5, Label = 'label' as any }
const enum Fixed { One = 1 }
namespace Geometry { export const unit = 2; export function area(x: number): number { return x * unit; } }
class Person { constructor(private readonly name: string, public age = 1) {} hi(): string { return `${this.name} ${this.age}`; } }

same('transformed: an enum captured', () => [(x: number) => Level[x] + Level.High, 0], 'Low5');
same('transformed: a const enum captured', () => [() => Fixed.One + 1], 2);
same('transformed: a namespace captured', () => [(x: number) => Geometry.area(x) + Geometry.unit, 3], 8);
same('transformed: a function of a namespace', () => [Geometry.area, 3], 6);
same('transformed: parameter properties', () => [(n: string) => new Person(n).hi(), 'Ada'], 'Ada 1');
same('transformed: an instance with parameter properties', () => { const p = new Person('Bo', 3); return [() => p.hi()]; }, 'Bo 3');
