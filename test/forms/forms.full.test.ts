import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { binaryPackage, nodeBinary } from '../nodes/node-binary.js';
import { runWay } from './run-way.mjs';
import { table, wayCell } from './table.mjs';
import { ways } from './ways/index.mjs';
import { runtimes } from './ways/runtimes.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const supported = ['20.19', '22', '24', '26'];
const running = supported.find((version) => process.versions.node.startsWith(`${version}.`)) ?? process.versions.node;
const nodes = binaryPackage === undefined ? [running] : supported;
/** The one that runs the tests, or the nearest to it. */
const home = nodes.find((version) => Number.parseInt(version, 10) === Number.parseInt(running, 10)) ?? nodes.at(-1);
const results: { way: string; node: string; lines: Awaited<ReturnType<typeof runWay>> }[] = [];

// A folder of its own, so that a contributor's first install stays small.
beforeAll(() => {
  if (!existsSync(new URL('node_modules', import.meta.url)))
    execFileSync('npm', ['ci', '--prefer-offline'], { cwd: folder, stdio: 'pipe' });
}, 300_000);

/**
 * All of it takes half an hour and more: `npm run test:long`. The full tier goes, on every Node, the ways in which the library itself
 * differs (ES modules, CommonJS, a loader), and on one Node a way of each other kind.
 */
const all = process.env.TIER === 'long';
const everywhere = ['mjs', 'cjs', 'tsx'];
const oneOfAKind = ['deleted', 'vitest-forks', 'esbuild-min', 'eval', 'repl', 'source-maps', 'worker', 'permission'];
if (!all) console.warn(`The forms go ${everywhere.join(', ')} on each Node, and ${oneOfAKind.join(', ')}. All ways: npm run test:long`);

describe.each(nodes)('every form travels on Node %s', (version) => {
  let node: string;
  beforeAll(() => {
    node = version === running ? process.execPath : nodeBinary(version);
  }, 120_000);

  const chosen = version === home ? [...everywhere, ...oneOfAKind] : everywhere;
  const there = ways.filter((way) => (way.from ?? 0) <= Number.parseInt(version, 10));

  test.concurrent.each(there.filter((way) => all || chosen.includes(way.name)))(
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

test.runIf(all).each(runtimes)(
  'functions by name and by reference travel on $title',
  async (way) => {
    const lines = await runWay(way);
    expect(failures(lines)).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);
  },
  600_000,
);

// Where not every Node can be had, the page stays as it is.
test.runIf(all && binaryPackage !== undefined)('docs/functions-that-travel.md says what these runs gave', async () => {
  const place = ({ way, node }: (typeof results)[number]) => nodes.indexOf(node) * 1000 + ways.findIndex(({ name }) => name === way);
  const inOrder = results.toSorted((a, b) => place(a) - place(b));
  await expect(table(inOrder, ways, nodes)).toMatchFileSnapshot('../../docs/functions-that-travel.md');
});

test.skipIf(all)('docs/functions-that-travel.md says of these runs what they gave', () => {
  const page = readFileSync(new URL('../../docs/functions-that-travel.md', import.meta.url), 'utf8');
  const rows = page.split('\n').map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
  const head = rows.find(([first]) => first === 'way of running') ?? [];
  const told = ({ way, node }: (typeof results)[number]) => rows.find(([title]) => title === titleOf(way))?.[head.indexOf(`Node ${node}`)];
  expect(results.map((run) => `${run.way} on ${run.node}: ${told(run)}`)).toEqual(
    results.map((run) => `${run.way} on ${run.node}: ${wayCell(results, { name: run.way }, run.node)}`),
  );
});

function titleOf(name: string): string | undefined {
  return ways.find((way) => way.name === name)?.title;
}

function failures(lines: Awaited<ReturnType<typeof runWay>>): string[] {
  return lines.filter((line) => line.status === 'fail').map((line) => `${line.form}: ${line.why}`);
}
