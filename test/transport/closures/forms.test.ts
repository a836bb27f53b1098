import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

interface Row {
  readonly title: string;
  readonly ok: boolean;
}

const fixtures = fileURLToPath(new URL('../../fixtures/forms/', import.meta.url));

/** Programs of their own: here, Vitest's wrapping of modules would be what is tested. */
async function rowsOf(program: string): Promise<Row[]> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [fixtures + program], { cwd: fixtures });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

describe('a function by value gives on a thread what it gives here', () => {
  test.each(['functions.mjs', 'classes.mjs', 'semantics.mjs', 'objects.mjs', 'faithful.mjs'])('%s', async (program) => {
    const rows = await rowsOf(program);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
    expect(rows.length).toBeGreaterThan(8);
  });
});
