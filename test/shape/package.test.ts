import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, sourceFiles } from './source.js';

const { files, sizes } = packed();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: object;
  exports: Record<string, { default: string; require?: { default: string } } | string>;
};

/** What is run at a desk: the tools, with the packages that they are made with. */
const tools = files.filter((file) => /^dist\/src\/(cli|benchmark)\/\S*\.(?:c?js|css)$|^dist\/THIRD-PARTY/.test(file));

test('the package holds the compiled library, its types, its tools, and four files for people', () => {
  const typed = sourceFiles('src', 'workers').filter(({ room }) => room?.path !== 'src/cli');
  const types = typed.map(({ path }) => `dist/${path.replace(/\.(c?)ts$/, '.d.$1ts')}`);
  const entries = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'object' ? [entry.default, entry.require?.default ?? entry.default] : [],
  );
  const required = files.filter((file) => file.startsWith('dist/commonjs/'));
  const code = [
    ...new Set([...tools, ...entries.map((entry) => entry.slice('./'.length))]),
    'dist/workers/lane.js',
    'dist/workers/stream.js',
    'dist/workers/thread.cjs',
  ];
  // What the entries share; their names carry a hash of what is in them.
  const chunks = files.filter((file) => /^dist\/src\/chunks\/[\w-]+\.js$/.test(file));
  expect(files).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', ...types, ...required, ...code, ...chunks].sort());
  // Each file costs a thread time at its start.
  expect(chunks.length).toBeLessThan(10);
});

test('the package stays small', () => {
  const bytes = (paths: string[]) => paths.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
  // Unpacked. It was 550 kB when functions began to cross by value, 785 with accessors, private stores and anchors, 220 more with
  // the copy for Jest, and 105 with the declarations for CommonJS; a step beyond this is worth a thought.
  expect(bytes(files.filter((file) => !tools.includes(file)))).toBeLessThan(1_250_000);
  // No service loads these; who installs the package does.
  expect(bytes(tools)).toBeLessThan(1_000_000);
});

test('the package needs piscina and what function analysis needs, no more', () => {
  expect(Object.keys(manifest.dependencies)).toEqual(['acorn', 'eslint-scope', 'piscina']);
});

test('the package has one entry, one for the benchmark, and one for each host', () => {
  expect(Object.keys(manifest.exports)).toEqual([
    '.',
    './bench',
    './fastify',
    './health',
    './nestjs',
    './opentelemetry',
    './prometheus',
    './package.json',
  ]);
});

test.each(['package-lock.json', 'test/corpus/package-lock.json', 'test/forms/package-lock.json', 'examples/service/package-lock.json'])(
  '%s names packages, not the host that they came from',
  (lockfile) => {
    expect(readFileSync(join(root, lockfile), 'utf8')).not.toMatch(/"resolved": "https?:/);
  },
);

function packed(): { files: string[]; sizes: ReadonlyMap<string, number> } {
  // The scripts would build once more, under the feet of the tests that run beside this one.
  const [report] = JSON.parse(
    execSync('npm pack --dry-run --json --ignore-scripts', { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  const sizes = new Map((report.files as { path: string; size: number }[]).map(({ path, size }) => [path, size]));
  return { files: [...sizes.keys()].sort(), sizes };
}
