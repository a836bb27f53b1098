import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { runWay } from './run-way.mjs';
import { ways } from './ways/index.mjs';
import { runtimes } from './ways/runtimes.mjs';

// The other ways take half an hour: see forms.long.test.ts.
const usual = ways.filter(({ name }) => name === 'mjs' || name === 'cjs');

beforeAll(() => {
  if (!existsSync(new URL('node_modules', import.meta.url)))
    execFileSync('npm', ['ci', '--prefer-offline'], { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: 'pipe' });
}, 300_000);

test.each(usual)(
  'every form gives in a thread what it gives here, or is refused where that is right: $title',
  async (way) => {
    const lines = await runWay(way);
    expect(lines.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(lines.filter(({ status }) => status === 'pass').length).toBeGreaterThan(300);
  },
  120_000,
);

test.each(runtimes)(
  'functions by name and by reference travel on $title, closures with variables are refused with the reason',
  async (way) => {
    const lines = await runWay(way);
    expect(lines.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(lines.filter(({ status }) => status === 'pass').length).toBeGreaterThan(12);
  },
  120_000,
);
