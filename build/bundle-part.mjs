/**
 * One part of the library as one CommonJS file. (ES modules cannot be loaded later and at once, cost a thread 15 ms more, and a program would have
 * two copies of the library where some of its files import it and some require it.)
 *
 * What it takes from the parts that are always there is read once; from the others, at each use: the first use loads them.
 */
import { dirname, join, relative, sep } from 'node:path';
import { parse } from 'acorn';
import { build, transform } from 'esbuild';
import { childrenOf, withoutNeedlessNames } from './names.mjs';
import { isLoadedBefore } from './parts.mjs';

export async function bundlePart(name, { modules, parts, files, compiled, settings }) {
  const file = files.get(name);
  const own = [...parts].flatMap(([path, part]) => (part === name ? [path] : []));
  const { outputFiles } = await build({
    ...settings,
    bundle: true,
    format: 'esm',
    write: false,
    stdin: { contents: own.map((path) => exportAll(path, modules)).join('\n'), resolveDir: compiled, loader: 'js' },
    packages: 'external',
    plugins: [{ name: 'other-parts', setup: (hooks) => otherParts(hooks, { name, parts, compiled }) }],
    // Only the modules that know where the library lies ask. `import.meta.resolve` is asked for in a module of its own.
    define: { 'import.meta.url': 'ownUrl' },
  });
  const linked = linkParts(outputFiles[0].text, (module) => {
    const part = parts.get(module);
    const names = modules.get(module).exports;
    return { prefix: prefixOf(module), path: pathBetween(file, files.get(part)), eager: isLoadedBefore(part, name), names };
  });
  // Names have been kept already.
  const { code } = await transform(linked, {
    ...settings,
    keepNames: false,
    format: 'cjs',
    logOverride: { 'commonjs-variable-in-esm': 'silent' },
  });
  return `'use strict';\n${code.includes('ownUrl') ? OWN_URL : ''}${loadedAtFirstUse(code)}`;
}

/** What the part exports to others: names of different modules may be the same. */
function exportAll(path, modules) {
  const names = modules.get(path).exports.map((name) => `${name} as ${prefixOf(path)}${name}`);
  return `export { ${names.join(', ')} } from './${path}';`;
}

/** Of the names of a module's exports, where other parts take them from. Most are of the transport's, and each is read at every start. */
export function prefixOf(path) {
  return `${path.replace(/^src\/(?:transport\/)?|\.js$/g, '').replace(/\W/g, '_')}__`;
}

function otherParts({ onResolve }, { name, parts, compiled }) {
  onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
    const module = relative(compiled, join(resolveDir, path)).split(sep).join('/');
    return parts.get(module) === name ? undefined : { path: `part:${module}`, external: true };
  });
}

/** As `import` and `export` would have it, but for what is loaded later, which stays an import. */
function linkParts(text, locate) {
  const comments = [];
  const tree = parse(text, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    onComment: (_block, _text, start, end) => comments.push([start, end, '']),
  });
  const edits = [...comments, ...withoutNeedlessNames(tree)];
  const before = new Map();
  const later = new Map();
  for (const node of tree.body) {
    if (node.type === 'ExportNamedDeclaration')
      edits.push([node.start, node.end, `module.exports = { ${node.specifiers.map(exportedAs).join(', ')} };`]);
    if (node.type !== 'ImportDeclaration') continue;
    edits.push([node.start, node.end, '']);
    const { value } = node.source;
    const from = value.startsWith('part:') ? locate(value.slice('part:'.length)) : { prefix: '', path: value, eager: true };
    const taken = from.eager ? before : later;
    taken.set(from.path, [...(taken.get(from.path) ?? []), ...node.specifiers.map((specifier) => ({ ...specifier, from }))]);
  }
  const locals = new Set([...later.values()].flat().map(({ local }) => local.name));
  for (const node of tree.body) if (node.type !== 'ImportDeclaration') refuseUseAtLoad(node, locals);
  const imports = [...later].map(
    ([path, specifiers]) => `import { ${specifiers.map(importedAs(' as ')).join(', ')} } from '${LATER}${path}';\n`,
  );
  const requires = [...before].map(([path, specifiers], i) => required(path, specifiers, `required${i}`));
  return [...imports, ...requires, edited(text, edits)].join('');
}

/** What is used while the part is loaded would be loaded with it, or not be whole yet. */
function refuseUseAtLoad(node, locals) {
  if (/Function/.test(node.type) || (node.type === 'PropertyDefinition' && !node.static)) return;
  if (node.type === 'Identifier' && locals.has(node.name))
    throw new Error(`Cannot load ${node.name} later: it is used at the top level of a module`);
  const name = node.computed ? undefined : node.type === 'MemberExpression' ? node.property : node.shorthand ? undefined : node.key;
  for (const child of childrenOf(node)) if (child !== name) refuseUseAtLoad(child, locals);
}

function required(path, specifiers, whole) {
  const members = specifiers.filter(({ type }) => type === 'ImportSpecifier').map(importedAs(': '));
  const others = specifiers
    .filter(({ type }) => type !== 'ImportSpecifier')
    .map(({ from, local }) => `const ${local.name} = ${objectOf(from, whole)};\n`);
  return [
    `const ${whole} = require('${path}');\n`,
    ...others,
    ...(members.length === 0 ? [] : [`const { ${members.join(', ')} } = ${whole};\n`]),
  ].join('');
}

/** A default import, or all that a module exports. */
function objectOf({ names, prefix }, whole) {
  return names === undefined ? whole : `{ ${names.map((name) => `${name}: ${whole}.${prefix}${name}`).join(', ')} }`;
}

function importedAs(as) {
  return ({ from, imported, local }) => `${from.prefix}${imported.name}${as}${local.name}`;
}

function exportedAs({ local, exported }) {
  return local.name === exported.name ? local.name : `${exported.name}: ${local.name}`;
}

/** esbuild gives each import of CommonJS a variable, and reads from that wherever something of it is used. */
function loadedAtFirstUse(code) {
  const names = new Set();
  const declared = code.replace(new RegExp(`^var (import_\\w+) = require\\("${LATER}(.+)"\\);$`, 'gm'), (_all, name, path) => {
    names.add(name);
    return `let ${name}_;\nconst ${name} = () => (${name}_ = require(${JSON.stringify(path)}));`;
  });
  return declared.replace(/\b(import_\w+)\./g, (all, name) => (names.has(name) ? `(${name}_ ?? ${name}()).` : all));
}

export function pathBetween(from, to) {
  const path = relative(dirname(from), to).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

function edited(text, edits) {
  let result = '';
  let at = 0;
  for (const [start, end, replacement] of edits.sort(([a], [b]) => a - b)) {
    if (start < at) continue;
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

const LATER = 'later:';
const OWN_URL = `const ownUrl = require('node:url').pathToFileURL(__filename).href;\n`;
