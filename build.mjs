/**
 * Builds the package: declarations and JavaScript by the TypeScript compiler, then the JavaScript as few files, for a thread loads it
 * at its start, and every file costs it time and memory (113 files: twice the start and 3 MiB more than these).
 *
 * The entries (all that package.json exports, and what threads load) share their chunks: the state of a module (what was marked by `transfer`, what a thread knows) is one in each thread.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
mkdirSync(join(root, '.cache'), { recursive: true });
const work = mkdtempSync(join(root, '.cache/build-'));
const compiled = join(work, 'compiled');
const dist = join(work, 'dist');

try {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', compiled], {
    cwd: root,
    stdio: 'inherit',
  });
  // The compiler writes its output even so: tests may go on, the exit code says it.
  process.exitCode = status ?? 1;
  await build({
    entryPoints: [...exported(), 'workers/lane.js', 'workers/stream.js'].map((entry) => join(compiled, entry)),
    outbase: compiled,
    outdir: dist,
    chunkNames: 'src/chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // Names of functions and classes are what users see in stacks and errors, and what threads find the library's own functions by.
    keepNames: true,
    logLevel: 'warning',
  });
  cpSync(compiled, dist, { recursive: true, filter: (path) => !path.endsWith('.js') });
  publish('dist', join(root, 'dist'));
  // The same file by file, for tests of what a bundle does not export, in processes that know no TypeScript.
  publish('compiled', join(root, '.cache/compiled'));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The files of `exports` in package.json: `./dist/src/index.js` is built from `src/index.js`. */
function exported() {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.values(exports)
    .filter((entry) => typeof entry === 'object')
    .map((entry) => entry.default.replace('./dist/', ''));
}

/** In one step, for another program may be reading it; what has no source any more is gone with it. */
function publish(name, place) {
  if (existsSync(place)) renameSync(place, join(work, `${name}-before`));
  renameSync(join(work, name), place);
}
