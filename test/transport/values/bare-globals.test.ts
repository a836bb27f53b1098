import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test.each(['Intl', 'Blob'])('instances of classes cross in a program without %s', (name) => {
  const program = `
    import { runInExecutor } from 'run-in-executor';
    delete globalThis.${name};
    class Row { value = 4; }
    console.log(await runInExecutor(({ row }) => row.value, { row: new Row() }));
  `;
  expect(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })).toBe('4\n');
});
