// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table

same('transformed: a decorated method', () => { const twice = (f: any, _c: any) => function (this: any, ...a: any[]) { return f.apply(this, a) * 2; }; class C { @twice times(x: number): number { return x * 3; } } return [(x: number) => new C().times(x), 2]; }, 12);
