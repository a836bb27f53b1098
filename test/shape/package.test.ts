import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, sourceFiles } from './source.js';

const { files, sizes } = packed();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: object;
  exports: Record<string, { default: string; module?: string; require?: { default: string } } | string>;
};

/** What is run at a desk: the tools, with the packages that they are made with. */
const tools = files.filter((file) => /^dist\/src\/(cli|benchmark)\/\S*\.(?:c?js|css)$|^dist\/THIRD-PARTY/.test(file));

/** For people: whoever has nothing but the package, be it without a network, follows the links of the README all the same. */
const pages = files.filter((file) => /^docs\/[\w-]+\.md$|^examples\//.test(file));

test('the package holds the compiled library, its types, its tools, its documentation and its examples', () => {
  const typed = sourceFiles('src', 'workers').filter(({ room }) => room?.path !== 'src/cli');
  const types = typed.map(({ path }) => `dist/${path.replace(/\.(c?)ts$/, '.d.$1ts')}`);
  const entries = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'object' ? [entry.default, entry.module ?? entry.default, entry.require?.default ?? entry.default] : [],
  );
  const required = files.filter((file) => file.startsWith('dist/commonjs/'));
  const code = [
    ...new Set([...tools, ...entries.map((entry) => entry.slice('./'.length))]),
    'dist/workers/resolve.js',
    'dist/workers/stream.js',
    'dist/workers/thread.cjs',
  ];
  // What the entries lead to, in the parts in which it is loaded; and what the hosts' entries share, whose names carry a hash of what is in them.
  const parts = files.filter((file) => /^dist\/src\/(?:parts\/[\w-]+\.c?js|integrations\/chunk-\w+\.js)$/.test(file));
  const people = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', ...pages];
  expect(files).toEqual([...people, ...types, ...required, ...code, ...parts].sort());
  expect(parts.length).toBeLessThan(20);
});

test('the README of the package leads to what is in the package', () => {
  const links = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path as string);
  expect(links.length).toBeGreaterThan(15);
  const leadNowhere = links.filter((path) => !files.some((file) => file === path || file.startsWith(`${path}/`)));
  // Of the repository, whose checkout it speaks of.
  expect(new Set(leadNowhere)).toEqual(new Set(['CONTRIBUTING.md']));
});

test('the package stays small', () => {
  const bytes = (paths: string[]) => paths.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
  // Unpacked. It was 550 kB when functions began to cross by value, 785 with accessors, private stores and anchors, 220 more with
  // the copy for Jest, and 105 with the declarations for CommonJS; proxies, locks and symbols of classes took 10;
  // calls in shared memory and what tasks print 7, bells and modules that harm one call only 3, numbers of single functions 2,
  // the shape of tasks and insistence 2, decorators that packages know and polyfills 14, overloads of
  // what is wrapped 1, streams that are left 2, arrays of results and lean tasks 1, functions that come home
  // by value 14, what Babel makes for ES5 and names that are given 2, decorators as every compiler applies them 14,
  // classes that only inner modules know 4, memory that is copied by hand 3, private state 16,
  // rejections by the thousand 2, files of their own for what was two jobs in one 3, constants of packages 8, tables by columns 12, documents 7,
  // builtins that tasks break 5, methods on errors and hidden accessors 12, functions inside of classes 13.
  // A step beyond this is worth a thought.
  expect(bytes(files.filter((file) => !tools.includes(file) && !pages.includes(file)))).toBeLessThan(1_725_000);
  // No service loads these; who installs the package does.
  expect(bytes(tools)).toBeLessThan(1_000_000);
  // Without their pictures, which would be three times as much.
  expect(bytes(pages)).toBeLessThan(400_000);
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
