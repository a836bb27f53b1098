/**
 * Shows that the tests would notice: plants one bug after the other into a copy of the built package, and runs the model test on it
 * (and, for what random programs rarely meet, some of the faults). Every bug must be caught, and nothing where there is none.
 *
 *   npm run test:planted
 *   node test/planted/run.mjs 'double start'     those whose title contains the words
 *   node test/planted/run.mjs --check            plants them all, and runs nothing
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bugs } from './bugs.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How long the model test may look for a bug before it counts as missed, and how long it looks where there is none, ms. */
const LOOKING = 90_000;
const LOOKING_FOR_NOTHING = 20_000;

const [, , words = ''] = process.argv;
const dist = compiled();
if (words === '--check') {
  for (const { edits } of bugs) {
    const folder = copy();
    for (const edit of edits) plant(folder, ...edit);
    rmSync(folder, { recursive: true, force: true });
  }
  // What plays the faults finds all that it imports in such a copy.
  const folder = copy();
  const problem = await failure(folder, ['--eval', "import('./test/faults/play.mjs')"], {}, 'play');
  for (const each of [folder, dist]) rmSync(each, { recursive: true, force: true });
  if (problem !== undefined) throw new Error(problem);
  process.exit();
}
const rows = [await row({ bug: 'none', edits: [], faults: bugs.flatMap(({ faults = [] }) => faults) }, LOOKING_FOR_NOTHING)];
for (const bug of bugs) if (bug.bug.includes(words)) rows.push(await row(bug, LOOKING));

const wrong = rows.filter(({ bug, by }) => (bug === 'none') === (by !== undefined));
console.log(
  `\n${rows.length - 1} bugs planted, ${rows.filter(({ bug, by }) => bug !== 'none' && by !== undefined).length} caught, ${wrong.length} not as they should be`,
);
rmSync(dist, { recursive: true, force: true });
process.exitCode = wrong.length === 0 ? 0 : 1;

async function row({ bug, edits, faults = [] }, ms) {
  const start = performance.now();
  const folder = copy();
  try {
    for (const edit of edits) plant(folder, ...edit);
    let by;
    for (const fault of faults) by ??= await failure(folder, ['test/faults/child.mjs', fault], {}, 'faults');
    if (by === undefined) by = await failure(folder, ['test/model/run.mjs'], { MODEL_MS: String(ms) }, 'model');
    console.log(
      `${bug === 'none' || by !== undefined ? '' : 'MISSED '}${bug}: ${by ?? 'nothing found'} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
    );
    return { bug, by };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The package by the compiler alone, file by file: the bugs are planted into files. */
function compiled() {
  const folder = mkdtempSync(join(tmpdir(), 'planted-dist-'));
  // Its types are checked elsewhere, which takes five times as long.
  const how = ['-p', 'tsconfig.build.json', '--noCheck', '--declaration', 'false', '--outDir', folder];
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', ...how], { cwd: root, stdio: 'inherit' });
  return folder;
}

function copy() {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  cpSync(dist, join(folder, 'dist'), { recursive: true });
  for (const part of [
    'package.json',
    'test/model',
    'test/faults',
    'test/setup',
    'test/fixtures/tasks.mjs',
    'test/fixtures/importing.mjs',
    'test/fixtures/faults',
  ]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function plant(folder, file, text, instead) {
  const path = join(folder, 'dist', file);
  const before = readFileSync(path, 'utf8');
  const parts = before.split(text);
  if (parts.length !== 2) throw new Error(`To be planted in ${file}, once: "${text}" stands there ${parts.length - 1} times`);
  writeFileSync(path, parts.join(instead));
}

/** Undefined, or the line that says what failed. */
function failure(folder, args, env, by) {
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const patience = setTimeout(() => child.kill('SIGKILL'), LOOKING * 2);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(patience);
      if (code === 0) return resolve(undefined);
      const line = output.split('\n').find((each) => /Violation|AssertionError|Error:/.test(each)) ?? `ended with ${code}`;
      resolve(`${by}: ${line.trim().slice(0, 160)}`);
    });
  });
}
