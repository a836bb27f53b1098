// biome-ignore-all lint: a fragment
// biome-ignore-all format: a table
// What only CommonJS has, several at once.
const MixShape = require('./mix/shape.cjs');
const mixCycle = require('./mix/cycle-a.cjs');
const { viaImports, conditionOf } = require('mix-package');
const { EventEmitter: MixEmitter, once: mixOnce } = require('events');
const mixUtil = require('util');
const mixRequire = require;
exports.mixOne = exports.mixUno = function mixOne(x) { return this === exports || this === undefined || this === globalThis ? x + 1 : exports.mixOne.call(undefined, x); };
exports.MixThing = class MixThing { constructor(v) { this.v = v; } plus(x) { return exports.mixOne(this.v) + x; } };
var mixHoisted = 1; var mixHoisted = 2; function mixTwice() { return 'first'; } function mixTwice() { return 'second'; }

same('combined: require of a class with statics and a subclass in them', () => [() => [new MixShape(2).area(), MixShape.unit().area(), new MixShape.Square(3) instanceof MixShape]], [4, 1, true]);
form('combined: an instance of a required class as the result', async (run) => { const s = await run((n) => new MixShape.Square(n), 4); return [s instanceof MixShape.Square, s.area()]; }, [true, 16]);
same('combined: require of a cycle', () => [() => [mixCycle.other(), mixCycle.viaOther()]], ['b', 'a via b']);
same('combined: a package with conditions, by require', () => [() => [viaImports(1), conditionOf()]], [1001, 'require']);
same('combined: exports under two names, used by each other', () => [(x) => [exports.mixUno(x), new exports.MixThing(x).plus(1), exports.mixOne === exports.mixUno], 1], [2, 3, true]);
same('combined: an instance of an exported class of this file', () => { const t = new exports.MixThing(5); return [() => [t.plus(1), t instanceof exports.MixThing]]; }, [7, true]);
same('combined: hoisted twice', () => [() => [mixHoisted, mixTwice()]], [2, 'second']);
same('combined: require in a captured helper, in a class, in a default parameter', () => { const load = (n) => require(n); class L { static os = () => require('node:os').EOL; } return [(p = require('path')) => [load('./helper.cjs').halve(4), L.os(), p.sep]]; }, [2, '\n', '/']);
same('combined: require under another name, and its properties', () => [() => [mixRequire('./helper.cjs').halve(4), typeof mixRequire.resolve, typeof require.cache, require.resolve('node:fs')]], [2, 'function', 'object', 'node:fs']);
same('combined: module.id, filename, paths and children', () => [() => [typeof module.id, Array.isArray(module.paths), Array.isArray(module.children), typeof module.filename, module.exports === exports]], undefined);
same('combined: require.main and the usual question', () => [() => typeof (require.main === module)], 'boolean');
same('combined: an emitter of events and util.promisify', () => { const e = new MixEmitter(); const w = mixUtil.promisify((cb) => cb(null, 3)); return [async () => { const got = mixOnce(e, 'x'); e.emit('x', 4); return [(await got)[0], await w()]; }]; }, [4, 3]);
same('combined: util.inherits', () => { function A() { MixEmitter.call(this); this.n = 1; } mixUtil.inherits(A, MixEmitter); A.prototype.hi = function () { return A.super_ === MixEmitter && this.n; }; return [() => { const a = new A(); let got; a.on('z', (v) => { got = v; }); a.emit('z', 8); return [a.hi(), got]; }]; }, [1, 8]);
same('combined: sloppy: arguments and parameters are one, through arrows and eval', () => [function (a, b) { const set = () => { arguments[0] = 'x'; }; set(); eval('b = 7'); return [a, arguments[1], arguments.length]; }, 1, 2, 3], ['x', 7, 3]);
same('combined: sloppy: arguments as a variable and as a parameter', () => [function (x) { var arguments; return [arguments.length, (function (arguments) { return arguments; })(x)]; }, 4], [1, 4]);
same('combined: sloppy: a closure inside with, made before the call', () => { const o = { a: 1, f: null }; const b = 2; with (o) { f = (x) => a + b + x; } return [o.f, 3]; }, 6);
same('combined: sloppy: a variable made by eval in the maker, captured', () => { const make = () => { eval('var secret = 5'); return () => secret; }; return [make()]; }, 5);
same('combined: sloppy: functions in blocks, captured by their outer var', () => { { function blocky() { return inner; } var inner = 3; } return [() => blocky()]; }, 3);
same('combined: sloppy: a named function expression assigns to its own name in vain', () => [function own() { own = 1; return typeof own; }], 'function');
same('combined: sloppy: this of callbacks, of call with null and of a getter on a number', () => { Number.prototype.mixTyped = undefined; delete Number.prototype.mixTyped; return [function () { return [[1].map(function () { return this === globalThis; })[0], (function () { return this === globalThis; }).call(null), (function () { return typeof this; }).call(1)]; }]; }, [true, true, 'object']);
same('combined: sloppy: a label, a with and a switch in one closure', () => { const o = { k: 2 }; return [function (n) { out: for (;;) { with (o) { switch (n) { case k: break out; default: n = k; } } } return n; }, 1]; }, 2);
same('combined: sloppy: await, yield, async, let and static as names, captured', () => { var await = 1, yield = 2, let = 3, static = 4, async = 5; return [function () { return await + yield + let + static + async; }]; }, 15);
same('combined: sloppy: octal escapes beside a strict inner class', () => { class S { static f() { return this === S; } } return [function () { return ['\101', 017, S.f(), (function () { 'use strict'; return typeof this; })()]; }]; }, ['A', 15, true, 'undefined']);
same('combined: sloppy: new Function sees globals only, eval sees captures', () => { const hidden = 1; return [function () { return [new Function('return typeof hidden')(), eval('typeof hidden'), hidden]; }]; }, ['undefined', 'number', 1]);
