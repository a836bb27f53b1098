import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

test('tasks that print where nobody reads any more do not end the program', async () => {
  const program = `
    import { runInExecutor } from 'run-in-executor';
    // More than a pipe holds.
    for (let i = 0; i < 50; i++) await runInExecutor((line) => console.log(line), 'x'.repeat(65_536));
    console.error('went on');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.once('data', () => child.stdout.destroy());
  const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ said, exitCode }).toEqual({ said: 'went on\n', exitCode: 0 });
});
