import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from '../setup/command-line.js';

interface Found {
  readonly findings: readonly {
    name: string;
    file: string;
    line: number;
    caller: { name: string; line: number };
    change: object;
    verdict: object;
  }[];
}

test('names and lines are those of the TypeScript; a router that passes a request on is seen through, for a request goes nowhere', async () => {
  const { stdout } = await commandLine([
    'find',
    '--json',
    '--threshold',
    '40',
    '--',
    process.execPath,
    '--import',
    'tsx',
    'test/fixtures/find/server.ts',
  ]);
  const [found, ...others] = (JSON.parse(stdout) as Found).findings;
  expect(others).toEqual([]);
  expect({ ...found, file: basename(found?.file ?? '') }).toMatchObject({
    name: 'render',
    file: 'server.ts',
    line: 7,
    caller: { name: 'route', line: 15 },
    verdict: { kind: 'worth it' },
    change: {
      line: 16,
      before: 'const html: string = render(rows);',
      after: 'const html: string = await runInExecutor(render, rows);',
      needsAsync: true,
    },
  });
});
