// biome-ignore-all lint: what only sloppy code can say
// biome-ignore-all format: as above
// Sloppy code: CommonJS files, -e, standard input and the REPL.

same('sloppy: this is the global object', () => [function () { return this === globalThis; }], true);
same('sloppy: this is boxed', () => [function () { return typeof this; }.bind(5)], 'object');
same('sloppy: arguments follow the parameters', () => [function (a) { a = 9; return arguments[0]; }, 1], 9);
same('sloppy: arguments.callee', () => [function (n) { return n < 2 ? 1 : n * arguments.callee(n - 1); }, 5], 120);
same('sloppy: with', () => [function (o) { with (o) { return a + b; } }, { a: 1, b: 2 }], 3);
same('sloppy: octal numbers and escapes', () => [() => [010, '\101']], [8, 'A']);
same('sloppy: two parameters of one name', () => [function (a, a) { return a; }, 1, 2], 2);
same('sloppy: a function in a block is hoisted', () => [function () { { function inner() { return 1; } } return inner(); }], 1);
same('sloppy: assignment to an undeclared name', () => [function () { formsUndeclared = 5; const got = formsUndeclared; delete globalThis.formsUndeclared; return got; }], 5);
same('sloppy: delete of a variable, yield and let as names', () => [function () { var yield_ = 1; var let_; var let = 2; var static = 3; return [delete yield_, let + static, let_]; }], [false, 5, undefined]);
same('sloppy: a strict function inside', () => [function () { return [this === globalThis, (function () { 'use strict'; return this; })()]; }], [true, undefined]);
same('sloppy: an HTML-like comment', () => [function (x) {
  return x; <!-- a comment
}, 3], 3);
same('sloppy: a failed assignment to a frozen object is silent', () => [function () { const o = Object.freeze({ a: 1 }); o.a = 2; return o.a; }], 1);
same('sloppy: eval that declares a variable', () => [function () { eval('var made = 7'); return made; }], 7);
