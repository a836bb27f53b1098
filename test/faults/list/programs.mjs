/**
 * Faults that concern a whole process: each runs a program of `test/fixtures/faults/programs/`.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterOwnTime } from '../../setup/own-time.mjs';
import { plainEnv } from '../plain-env.mjs';

/** A program of this library ends by itself; one that has not by then never does, ms in which the process of the tests ran. */
const PATIENCE = 20_000;

const folderUrl = new URL('../../fixtures/faults/programs/', import.meta.url);
const folder = fileURLToPath(folderUrl);

const program = (fault, file, check, gets, { signal, flags = [] } = {}) => ({
  fault,
  options: 'none',
  async play(assert) {
    const outcome = await run(file, flags, signal);
    await check(outcome, assert);
  },
  gets,
});

const says =
  (stdout, code = 0) =>
  (outcome, assert) =>
    assert.deepEqual({ stdout: outcome.stdout, code: outcome.code }, { stdout, code }, outcome.stderr);

export const programs = [
  program(
    'a script that awaits one call and does nothing else',
    'ends-by-itself.mjs',
    says('6\n'),
    'its result; the process ends by itself, at once',
  ),
  program(
    'a script that never closes its executor, with `minThreads: 2`',
    'keeps-threads.mjs',
    says('done\n'),
    'its result; idle threads keep no process alive',
  ),
  program(
    'a script that does not await its call',
    'does-not-await.mjs',
    says('ran\n'),
    'its end: a call that runs keeps the process alive',
  ),
  program(
    'a task prints 2,000 lines, then the process ends',
    'prints.mjs',
    (outcome, assert) => assert.equal(outcome.stdout.trim().split('\n').length, 2_001),
    'its result; no line is lost',
  ),
  program(
    'a task prints 200 lines, and the program calls `process.exit()` when it has the result',
    'prints-then-leaves.mjs',
    // Fewer than a socket holds: Node itself writes no more than that before a `process.exit()`.
    (outcome, assert) => assert.equal(outcome.stdout.split('\n').length, 201),
    'its result; no line is lost',
  ),
  program(
    'tasks and the program print in turn',
    'prints-in-turn.mjs',
    says('task 0\nprogram\n'.repeat(100)),
    'its result, after what it has printed',
  ),
  program(
    'a task prints, then exits',
    'prints-and-exits.mjs',
    (outcome, assert) => assert.equal(outcome.stdout.match(/line/g).length, 200),
    '`ThreadExitedError`; no line is lost',
  ),
  program(
    'the process calls `process.exit()` while tasks run',
    'exits.mjs',
    says('leaving\n', 3),
    'the process ends at once, with its code',
  ),
  program('the process gets SIGTERM while tasks run, and drains', 'drains.mjs', says('drained 6\n'), 'its result; then the process ends', {
    signal: 'SIGTERM',
  }),
  program(
    'nobody handles the rejection of a call',
    'unhandled.mjs',
    (outcome, assert) => {
      assert.equal(outcome.code, 1);
      assert.match(outcome.stderr, /OwnError: own/);
    },
    'an unhandled rejection, as of any promise',
  ),
  program(
    '`broken execArgv`, and the executor is closed',
    'broken-flags.mjs',
    says('ERR_THREAD_EXITED\nclosed\n'),
    '`ThreadExitedError`; the process ends by itself',
  ),
  program('an executor is forgotten while threads start', 'forgotten.mjs', says(''), 'the process ends by itself'),
  program(
    'a closure, under `--abort-on-uncaught-exception`',
    'closure.mjs',
    says('6\n'),
    'its result: to look at a function throws nothing that would end the process',
    { flags: ['--abort-on-uncaught-exception'] },
  ),
  program('async closures and generators, under `--frozen-intrinsics`', 'async-closures.mjs', says('6\n1,2\n1,2\n'), 'their results', {
    flags: ['--frozen-intrinsics'],
  }),
  program(
    'has taken globals away that threads need (`delete globalThis.Int32Array`), before its first call',
    'takes-globals-away.mjs',
    says('AbortController\nAtomics\nInt32Array\nMap\nSet\nSharedArrayBuffer\nqueueMicrotask\n6\n'),
    'an error that names it; the process ends by itself',
  ),
  program(
    'the working directory is removed before the first call',
    'removed-directory.mjs',
    says('ERR_THREAD_EXITED true\n6\n'),
    '`ThreadExitedError`, which says so; once there is one, its result',
  ),
  program('a CommonJS script', 'script.cjs', says('6\n'), 'its result'),
];

function run(file, flags, signal) {
  const child = spawn(process.execPath, [...flags, folder + file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: plainEnv(),
  });
  const outcome = { stdout: '', stderr: '', code: undefined };
  child.stdout.on('data', (chunk) => {
    outcome.stdout += chunk;
    if (signal !== undefined && outcome.stdout.includes('ready\n')) {
      outcome.stdout = outcome.stdout.replace('ready\n', '');
      child.kill(signal);
    }
  });
  child.stderr.on('data', (chunk) => {
    outcome.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    const callOff = afterOwnTime(PATIENCE, () => {
      child.kill('SIGKILL');
      reject(new Error(`${file} did not end by itself: ${outcome.stdout}${outcome.stderr}`));
    });
    child.on('close', (code) => {
      callOff();
      resolve({ ...outcome, code });
    });
  });
}
