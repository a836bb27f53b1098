import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { afterOwnTime } from '../setup/own-time.mjs';
import { groups } from './list.mjs';
import { plainEnv } from './plain-env.mjs';
import { guarantees } from './table.mjs';

/**
 * A fault that is not through by then hangs its process, which knows by itself of all that does not: it is ended, so that the next one is not
 * taken for it. In ms that this process ran, and many: the other may get less of a busy machine.
 */
const PATIENCE = 120_000;

const child = fileURLToPath(new URL('child.mjs', import.meta.url));

// Not this process: Vite has its own way of loading the modules in which the tasks are.
let player: ChildProcess | undefined;

describe.each(groups)('$group', ({ faults }) => {
  it.each(faults)(
    '$fault',
    async ({ fault }) => {
      expect((await play(fault)).problem).toBeUndefined();
    },
    // The limit is above: Vitest's own would count what the machine took away, too.
    0,
  );
});

it('docs/guarantees.md is the table of these tests (written anew by `node test/faults/table.mjs`)', () => {
  const page = fileURLToPath(new URL('../../docs/guarantees.md', import.meta.url));
  expect(readFileSync(page, 'utf8')).toBe(guarantees());
});

afterAll(() => {
  player?.kill();
});

async function play(fault: string): Promise<{ problem?: string }> {
  player ??= start();
  const playing = player;
  const callOff = afterOwnTime(PATIENCE, () => playing.kill('SIGKILL'));
  playing.send(fault);
  const [answer] = (await once(playing, 'message')) as [{ problem?: string }];
  callOff();
  return answer;
}

function start(): ChildProcess {
  const started = fork(child, { execArgv: [], env: plainEnv(), silent: true });
  let stderr = '';
  started.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + String(chunk)).slice(-4_000);
  });
  started.on('exit', (code) => {
    if (player === started) player = undefined;
    started.emit('message', { problem: `the process that played it ended with ${code}: ${stderr}` });
  });
  return started;
}
