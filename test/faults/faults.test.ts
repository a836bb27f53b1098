import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { groups } from './list.mjs';
import { plainEnv } from './plain-env.mjs';
import { guarantees } from './table.mjs';

/** A fault that is not through by then hangs; its process is ended, so that the next one is not taken for it. Under the test's own limit, ms. */
const PATIENCE = 55_000;

const child = fileURLToPath(new URL('child.mjs', import.meta.url));

// Not this process: Vite has its own way of loading the modules in which the tasks are.
let player: ChildProcess | undefined;

describe.each(groups)('$group', ({ faults }) => {
  it.each(faults)(
    '$fault',
    async ({ fault }) => {
      expect((await play(fault)).problem).toBeUndefined();
    },
    60_000,
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
  const patience = setTimeout(() => playing.kill('SIGKILL'), PATIENCE);
  playing.send(fault);
  const [answer] = (await once(playing, 'message')) as [{ problem?: string }];
  clearTimeout(patience);
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
