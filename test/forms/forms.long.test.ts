import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { binaryPackage, nodeBinary } from '../nodes/node-binary.js';
import { runWay } from './run-way.mjs';
import { table } from './table.mjs';
import { ways } from './ways/index.mjs';
import { runtimes } from './ways/runtimes.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const supported = ['20.19', '22', '24', '26'];
const running = supported.find((version) => process.versions.node.startsWith(`${version}.`)) ?? process.versions.node;
const nodes = binaryPackage === undefined ? [running] : supported;
const results: { way: string; node: string; lines: Awaited<ReturnType<typeof runWay>> }[] = [];

// A folder of its own, so that a contributor's first install stays small.
beforeAll(() => {
  if (!existsSync(new URL('node_modules', import.meta.url)))
    execFileSync('npm', ['ci', '--prefer-offline'], { cwd: folder, stdio: 'pipe' });
}, 300_000);

describe.each(nodes)('every form travels on Node %s', (version) => {
  let node: string;
  beforeAll(() => {
    node = version === running ? process.execPath : nodeBinary(version);
  }, 120_000);

  const there = ways.filter((way) => (way.from ?? 0) <= Number.parseInt(version, 10));

  test.concurrent.each(there)(
    '$name: $title',
    async (way) => {
      const lines = await runWay(way, { node });
      results.push({ way: way.name, node: version, lines });
      expect(failures(lines)).toEqual([]);
      expect(lines.length).toBeGreaterThan(10);
    },
    600_000,
  );
});

test.each(runtimes)(
  'functions by name and by reference travel on $title',
  async (way) => {
    const lines = await runWay(way);
    expect(failures(lines)).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);
  },
  600_000,
);

// Where not every Node can be had, the page stays as it is.
test.runIf(binaryPackage !== undefined)('docs/functions-that-travel.md says what these runs gave', async () => {
  const place = ({ way, node }: (typeof results)[number]) => nodes.indexOf(node) * 1000 + ways.findIndex(({ name }) => name === way);
  const inOrder = results.toSorted((a, b) => place(a) - place(b));
  await expect(table(inOrder, ways, nodes)).toMatchFileSnapshot('../../docs/functions-that-travel.md');
});

function failures(lines: Awaited<ReturnType<typeof runWay>>): string[] {
  return lines.filter((line) => line.status === 'fail').map((line) => `${line.form}: ${line.why}`);
}
