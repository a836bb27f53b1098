// biome-ignore-all format: a table, one case a line
// Compilers, parsers, formatters: the heavy synchronous work that people most want off the event loop.

import * as babel from '@babel/core';
import { parse as parseBabel } from '@babel/parser';
import swc from '@swc/core';
import * as acorn from 'acorn';
import { simple as walkSimple } from 'acorn-walk';
import { applyPatch, createPatch, diffJson, diffLines, diffWords } from 'diff';
import Fuse from 'fuse.js';
import Levenshtein from 'levenshtein';
import { browserslistToTargets, transform as transformCss } from 'lightningcss';
import { Minimatch, minimatch } from 'minimatch';
import { parseSync as parseOxc } from 'oxc-parser';
import picomatch from 'picomatch';
import postcss from 'postcss';
import prettier from 'prettier';
import * as sass from 'sass';
import semver, { compare, SemVer } from 'semver';
import compareBuild from 'semver/functions/compare-build.js';
import { minify_sync } from 'terser';

const source = 'export const add = (first, second) => { /* sum */ return first + second; };\nclass A { #x = 1; get x() { return this.#x ?? 0; } }\n';
const css = 'a { color: red; & b { margin: 0 0 } }\n.x{transition:all .3s}';
const before = 'one\ntwo\nthree\n';
const after = 'one\n2\nthree\nfour\n';
const books = [{ title: 'Old Man\'s War', author: 'Scalzi' }, { title: 'The Lock Artist', author: 'Hamilton' }, { title: 'War and Peace', author: 'Tolstoy' }];

export default [
  { name: 'terser: minify_sync', make: () => ({ fn: minify_sync, args: [source, { module: true, compress: { passes: 2 } }] }) },
  { name: 'terser: minify_sync in a closure', make: () => ({ fn: (code) => minify_sync(code).code.length, args: ['var a = 1; var b = a + 2; console.log(b)'] }) },
  { name: 'acorn: parse to a tree of Nodes', make: () => ({ fn: acorn.parse, args: ['1 + 1', { ecmaVersion: 2022 }] }) },
  { name: 'acorn: parse with onComment and onToken', make: () => ({ fn: (code) => { const comments = []; acorn.parse(code, { ecmaVersion: 2022, sourceType: 'module', onComment: comments }); return comments.map((c) => c.value); }, args: [source] }) },
  { name: 'acorn: a subclass of Parser made here', make: () => ({ fn: countingParser(), args: [source] }) },
  { name: 'acorn: its SyntaxError with pos and loc', make: () => ({ fn: acorn.parse, args: ['let = ;;=', { ecmaVersion: 2022 }] }), throws: { name: 'SyntaxError' } },
  { name: 'acorn-walk: simple, visitors as closures', make: () => ({ fn: namesIn, args: [source] }) },
  { name: '@babel/core: transformSync', make: () => ({ fn: (code) => babel.transformSync(code, { configFile: false, babelrc: false }).code, args: [source] }) },
  { name: '@babel/core: transformSync with a plug-in of one\'s own', make: () => ({ fn: (code) => babel.transformSync(code, { configFile: false, babelrc: false, plugins: [renaming('add', 'plus')] }).code, args: [source] }) },
  { name: '@babel/core: the template helper, in the task', make: () => ({ fn: (name) => babel.types.identifier(name).type + babel.template.expression('A + B')({ A: babel.types.numericLiteral(1), B: babel.types.numericLiteral(2) }).operator, args: ['x'] }) },
  { name: '@babel/parser: parse', make: () => ({ fn: (code) => parseBabel(code, { sourceType: 'module', plugins: ['typescript'] }).program.body.map((n) => n.type), args: ['type A = string; let a: A'] }) },
  { name: 'postcss: process with a plug-in captured', make: () => ({ fn: postcssWith(uppercase()), args: [css] }) },
  { name: 'postcss: a processor made here', make: () => ({ fn: processed(postcss([uppercase()])), args: [css] }) },
  { name: 'postcss: parse and walk in the task', make: () => ({ fn: (text) => { const found = []; postcss.parse(text).walkDecls((d) => found.push(`${d.prop}=${d.value}`)); return found; }, args: [css] }) },
  { name: 'sass: compileString', make: () => ({ fn: (text) => sass.compileString(text).css, args: ['$c: red; a { b { color: $c; width: 4px * 2 } }'] }) },
  { name: 'sass: compileString with a function of one\'s own', make: () => ({ fn: (text) => sass.compileString(text, { functions: { 'twice($n)': ([n]) => new sass.SassNumber(n.assertNumber().value * 2) } }).css, args: ['a { width: twice(4) }'] }) },
  { name: 'prettier: format (asynchronous)', make: () => ({ fn: prettier.format, args: ['const a={b:1,c:[1,2]}', { parser: 'babel' }] }) },
  { name: 'prettier: format of CSS in a closure', make: () => ({ fn: (text) => prettier.format(text, { parser: 'css', tabWidth: 4 }), args: [css] }) },
  { name: 'lightningcss: transform (native)', make: () => ({ fn: (text) => Buffer.from(transformCss({ filename: 'a.css', code: Buffer.from(text), minify: true }).code).toString(), args: [css] }) },
  { name: 'lightningcss: a visitor function (native calls back)', make: () => ({ fn: (text) => transformCss({ filename: 'a.css', code: Buffer.from(text), visitor: { Length: (l) => ({ unit: l.unit, value: l.value * 2 }) } }).code.toString(), args: ['a{width:2px}'] }) },
  { name: 'lightningcss: browserslistToTargets', make: () => ({ fn: browserslistToTargets, args: [['chrome 100', 'safari 15.4']] }) },
  { name: 'oxc-parser: parseSync (native)', make: () => ({ fn: (code) => parseOxc('a.ts', code).program.body.map((n) => n.type), args: ['enum A { B } let a: A'] }) },
  { name: '@swc/core: transformSync (native)', make: () => ({ fn: (code) => swc.transformSync(code, { jsc: { target: 'es5', parser: { syntax: 'typescript' } } }).code, args: ['const f = (a: number) => a ** 2'] }) },
  { name: '@swc/core: minifySync by reference', make: () => ({ fn: swc.minifySync, args: ['function f(long) { return long + 1 }', { compress: false, mangle: true }] }) },
  { name: 'diff: diffLines', make: () => ({ fn: diffLines, args: [before, after] }) },
  { name: 'diff: diffWords with options', make: () => ({ fn: diffWords, args: ['The quick fox', 'the slow fox', { ignoreCase: true }] }) },
  { name: 'diff: createPatch and applyPatch', make: () => ({ fn: (a, b) => applyPatch(a, createPatch('f', a, b)) === b, args: [before, after] }) },
  { name: 'diff: diffJson', make: () => ({ fn: diffJson, args: [{ a: 1, b: [1] }, { a: 1, b: [2] }] }) },
  { name: 'minimatch: the callable', make: () => ({ fn: minimatch, args: ['src/a.test.ts', '**/*.{test,spec}.ts'] }) },
  { name: 'minimatch: a filter function', make: () => ({ fn: (files) => files.filter(minimatch.filter('*.js')), args: [['a.js', 'b.ts']] }) },
  { name: 'minimatch: a bound method of an instance with private state', make: () => { const pattern = new Minimatch('a/**/b?'); return { fn: pattern.match.bind(pattern), args: ['a/x/y/bc'] }; } },
  { name: 'minimatch: a filter made here', make: () => ({ fn: minimatch.filter('*.js', { matchBase: true }), args: ['x/a.js'] }) },
  { name: 'picomatch: makeRe', make: () => ({ fn: picomatch.makeRe, args: ['{a,b}/*.js'] }) },
  { name: 'semver: satisfies', make: () => ({ fn: semver.satisfies, args: ['1.2.3', '^1.1 || 3.x'] }) },
  { name: 'semver: sort by a captured compare', make: () => ({ fn: (list) => [...list].sort(compare), args: [['1.10.0', '1.2.0', '1.2.0-rc.1']] }) },
  { name: 'semver: one function\'s own file', make: () => ({ fn: compareBuild, args: ['1.0.0+2', '1.0.0+10'] }) },
  { name: 'semver: a SemVer instance captured', make: () => ({ fn: newerThan(new SemVer('1.5.0')), args: ['1.6.0'] }) },
  { name: 'semver: a Range argument', make: () => ({ fn: (range, v) => range.test(v), args: [new semver.Range('>=2 <3'), '2.5.0'] }) },
  { name: 'fuse.js: search with an index captured', make: () => ({ fn: fuzzy(new Fuse(books, { keys: ['title', 'author'] })), args: ['war'] }) },
  { name: 'fuse.js: built in the task, with getFn', make: () => ({ fn: (word) => new Fuse(books, { keys: ['title'], getFn: (b) => b.title.toLowerCase() }).search(word).map((r) => r.refIndex), args: ['lock'] }) },
  { name: 'levenshtein: the distance in a closure', make: () => ({ fn: (a, b) => new Levenshtein(a, b).distance, args: ['kitten', 'sitting'] }) },
];

function countingParser() {
  const Counting = acorn.Parser.extend((Base) => class extends Base {
    parseExprAtom(...args) {
      this.atoms = (this.atoms ?? 0) + 1;
      return super.parseExprAtom(...args);
    }
  });
  return (code) => {
    const parser = new Counting({ ecmaVersion: 2022, sourceType: 'module' }, code);
    parser.parse();
    return parser.atoms;
  };
}

function namesIn(code) {
  const names = new Set();
  walkSimple(acorn.parse(code, { ecmaVersion: 2022, sourceType: 'module' }), { Identifier: (node) => { names.add(node.name); } });
  return names;
}

function renaming(from, to) {
  return () => ({ visitor: { Identifier(path) { if (path.node.name === from) path.node.name = to; } } });
}

function uppercase() {
  return { postcssPlugin: 'uppercase', Declaration(decl) { if (decl.prop === 'color') decl.value = decl.value.toUpperCase(); } };
}

function postcssWith(plugin) {
  return (text) => postcss([plugin]).process(text, { from: undefined }).css;
}

function processed(processor) {
  return (text) => processor.process(text, { from: undefined }).css;
}

function newerThan(version) {
  return (other) => version.compare(other);
}

function fuzzy(fuse) {
  return (word) => fuse.search(word).map((r) => r.item.title);
}
