/**
 * Builds the package: declarations and JavaScript by the TypeScript compiler, then the JavaScript as few files, for a thread loads it
 * at its start, and every file costs it time and memory (113 files: twice the start and 3 MiB more than these).
 *
 * The library itself is CommonJS, in the parts that `build/parts.mjs` tells: a thread loads no ES modules unless a task asks for some, and the state of
 * a module (what was marked by `transfer`, what a thread knows) is one in each thread. Who imports it gets that through a few lines of an ES module.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundlePart, pathBetween, prefixOf } from './build/bundle-part.mjs';
import { readModules } from './build/modules.mjs';
import { partFile, partsOf } from './build/parts.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
mkdirSync(join(root, '.cache'), { recursive: true });
const work = mkdtempSync(join(root, '.cache/build-'));
const compiled = join(work, 'compiled');
const dist = join(work, 'dist');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

try {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', compiled], {
    cwd: root,
    stdio: 'inherit',
  });
  // The compiler writes its output even so: tests may go on, the exit code says it.
  process.exitCode = status ?? 1;
  const settings = {
    platform: 'node',
    target: 'node20',
    // Names of functions and classes are what users see in stacks and errors, and what threads find the library's own functions by.
    keepNames: true,
    logLevel: 'warning',
  };
  const shape = { ...settings, outbase: compiled, outdir: dist, bundle: true, splitting: true, format: 'esm' };
  const entries = exported();
  const inside = entries.filter((entry) => !isTool(entry) && !isHost(entry));
  await library(settings, inside);
  // Bundlers follow imports and nothing else.
  const forBundlers = { chunkNames: 'src/parts/bundled-[hash]', minify: true, packages: 'external' };
  await build({ ...shape, ...forBundlers, entryPoints: inCompiled(doorsForBundlers(inside)) });
  // What users give a host is the host's kind of module: these are there as both, and use the one copy of the library.
  const hosts = entries.filter((entry) => isHost(entry));
  const beside = { entryPoints: inCompiled(hosts), packages: 'external', plugins: [{ name: 'one-copy', setup: oneCopy }] };
  await build({ ...shape, ...beside, chunkNames: 'src/integrations/[name]-[hash]' });
  await build({ ...shape, ...beside, splitting: false, format: 'cjs', minify: true, outExtension: { '.js': '.cjs' } });
  // The tools bring along what they are made with (devDependencies), so that who installs the library installs nothing for them;
  // of the library itself they use the one copy that there is.
  const { metafile } = await build({
    ...shape,
    entryPoints: inCompiled([...commandLine(), ...entries.filter(isTool)]),
    chunkNames: 'src/cli/chunks/[name]-[hash]',
    external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
    plugins: [{ name: 'one-copy', setup: oneCopy }],
    // For what is CommonJS among them.
    banner: { js: `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);` },
    metafile: true,
  });
  // Required by programs of all kinds before they start, in each of their threads: alone, and nothing but itself.
  await build({
    ...shape,
    entryPoints: inCompiled(['src/cli/find/preload.js', 'src/cli/trace/preload.js']),
    splitting: false,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
  const page = await reportPage();
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licences(Object.keys({ ...metafile.inputs, ...page.inputs })));
  // Nobody imports the command line: it has no types to offer.
  cpSync(compiled, dist, { recursive: true, filter: (path) => !/\.c?js$/.test(path) && path !== join(compiled, 'src/cli') });
  commonjsTypes();
  publish('dist', join(root, 'dist'));
  // The same file by file, for tests of what a bundle does not export, in processes that know no TypeScript.
  publish('compiled', join(root, '.cache/compiled'));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The calling side's files and the thread's, in the parts that they are loaded in. */
async function library(settings, inside) {
  const modules = readModules(compiled);
  const parts = partsOf(modules, inside);
  const files = new Map([...new Set(parts.values())].map((name) => [name, partFile(name)]));
  for (const [name, file] of files) {
    const text = await bundlePart(name, { modules, parts, files, compiled, settings });
    const end = name === 'thread' ? 'module.exports = module.exports.workers_lane__serve;\n' : name === 'pool' ? forTracers(file) : '';
    write(file, `${text}${end}`);
  }
  write('workers/resolve.js', readFileSync(join(compiled, 'workers/resolve.js')));
  for (const entry of [...inside, 'workers/stream.js']) doors(entry, files.get(parts.get(entry)), modules.get(entry).exports);
}

/** Never called: what copies a program's files to where it runs (Next's standalone output, Nitro, Vercel) follows each `require` that it can read. */
function forTracers(file) {
  const own = ['workers/thread.cjs', 'workers/resolve.js', 'workers/stream.js'].map((path) => pathBetween(file, path));
  const all = [...own, ...Object.keys(manifest.dependencies)].map((path) => `require(${JSON.stringify(path)});`);
  return `module.exports.forTracers = () => { ${all.join(' ')} };\n`;
}

/** What is put into a bundle hands out the installed package where there is one: without its files it can run no threads. */
function doorsForBundlers(entries) {
  const modules = readModules(compiled);
  const parts = partsOf(modules, entries);
  return entries.map((entry) => {
    const installed = pathBetween(entry, 'src/transport/own/installed-copy.js');
    const find = `fromInstalledCopy('${partFile(parts.get(entry))}', '${manifest.version}')`;
    const names = modules.get(entry).exports;
    const each = names.map((name) => `export const ${name} = installed ? installed.${prefixOf(entry)}${name} : own.${name};\n`).join('');
    const door = entry.replace(/js$/, 'bundled.js');
    const head = `import { fromInstalledCopy } from '${installed}';\nimport * as own from './${basename(entry)}';\n`;
    writeFileSync(join(compiled, door), `${head}\nconst installed = ${find};\n\n${each}`);
    return door;
  });
}

/** A few lines each that lead to what an entry exports, for `import` and for `require`. (An import of CommonJS takes Node 10 ms more: it looks for names in all that is required there.) */
function doors(entry, file, names) {
  const path = pathBetween(entry, file);
  const each = names.map((name) => `export const ${name} = library.${prefixOf(entry)}${name};\n`).join('');
  write(entry, `import { createRequire } from 'node:module';\n\nconst library = createRequire(import.meta.url)('${path}');\n\n${each}`);
  if (!required().includes(entry)) return;
  const members = names.map((name) => `  ${name}: library.${prefixOf(entry)}${name},\n`).join('');
  write(entry.replace(/js$/, 'cjs'), `'use strict';\n\nconst library = require('${path}');\n\nmodule.exports = {\n${members}};\n`);
}

function write(path, text) {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  writeFileSync(join(dist, path), text);
}

/** The files of `exports` in package.json: `./dist/src/index.js` is built from `src/index.js`. */
function exported() {
  return Object.values(manifest.exports)
    .filter((entry) => typeof entry === 'object')
    .map((entry) => entry.default.replace('./dist/', ''));
}

/** Those that are there as CommonJS, too. */
function required() {
  return Object.values(manifest.exports).flatMap((entry) => (entry.require === undefined ? [] : [entry.default.replace('./dist/', '')]));
}

function commandLine() {
  return Object.values(manifest.bin).map((entry) => entry.replace('./dist/', ''));
}

/** What is run at a desk, not in a service: its start-up and its size matter less than what it can show. */
function isTool(entry) {
  return /^src\/(cli|benchmark)\//.test(entry);
}

/** An integration that uses only what the package exports. */
function isHost(entry) {
  return /^src\/integrations\/(fastify|health|nestjs)\b/.test(entry);
}

function inCompiled(entries) {
  return entries.map((entry) => join(compiled, entry));
}

/** The declarations of what can be required once more, for CommonJS under `module: node16`: there, those of an ES module may not be. */
function commonjsTypes() {
  const found = new Set(required().map((entry) => entry.replace(/js$/, 'd.ts')));
  for (const file of found) {
    const text = readFileSync(join(compiled, file), 'utf8');
    const imported = [...text.matchAll(/(?:from |import\()'(\.{1,2}\/.+)\.js'/g)].map(([, path]) => `${join(dirname(file), path)}.d.ts`);
    // Comments speak of files, too.
    for (const path of imported) if (existsSync(join(compiled, path))) found.add(path);
  }
  for (const file of found) cpSync(join(compiled, file), join(dist, 'commonjs', file));
  writeFileSync(join(dist, 'commonjs/package.json'), '{ "type": "commonjs" }\n');
}

/** What is imported of another room is that room's public entry, by the package's own name. */
function oneCopy({ onResolve }) {
  onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
    const file = relative(compiled, join(resolveDir, path)).split(sep).join('/');
    return file === 'src/index.js' ? { path: manifest.name, external: true } : undefined;
  });
}

/** Of every package of which there is a file in the bundle. */
function licences(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^licen[cs]e|^copying/i.test(file));
    return [`${name} ${version} (${license})`, ...files.map((file) => readFileSync(join(folder, file), 'utf8').trim())].join('\n\n');
  });
  return `dist/src/cli holds code of these packages:\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** What runs in a browser: one script and one style sheet, which `bench --report` writes into its page. */
async function reportPage() {
  const entry = join(root, 'src/cli/bench/page/page.ts');
  const { metafile } = await build({
    entryPoints: { 'report-page': entry },
    outdir: join(dist, 'src/cli'),
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

/** In one step, for another program may be reading it; what has no source any more is gone with it. */
function publish(name, place) {
  if (existsSync(place)) renameSync(place, join(work, `${name}-before`));
  renameSync(join(work, name), place);
}
