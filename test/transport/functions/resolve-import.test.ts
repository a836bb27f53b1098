import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { resolveImport } from '../../../src/transport/functions/resolve-import.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'resolve-')));
const files: Record<string, unknown> = {
  'package.json': { name: 'app', exports: { './self': './self.js' }, imports: { '#inner': './inner.js', '#outer': 'plain' } },
  'self.js': '',
  'inner.js': '',
  'typed.ts': '',
  'folder/main.js': '',
  'store/linked/package.json': { name: 'linked', exports: './index.js' },
  'store/linked/index.js': '',
  'node_modules/plain/package.json': { main: 'lib' },
  'node_modules/plain/lib.js': '',
  'node_modules/plain/deep.js': '',
  'node_modules/bare/index.js': '',
  'node_modules/@scope/both/package.json': {
    exports: {
      '.': { types: './index.d.ts', require: './index.cjs', import: './index.mjs' },
      './features/*': { node: './features/*.js' },
      './features/private/*': null,
      './*.js': './lib/*.js',
      './package.json': './package.json',
    },
  },
  'node_modules/@scope/both/index.cjs': '',
  'node_modules/@scope/both/index.mjs': '',
  'node_modules/@scope/both/features/a.js': '',
  'node_modules/@scope/both/features/private/a.js': '',
  'node_modules/@scope/both/lib/b.js': '',
};
for (const [name, content] of Object.entries(files)) {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
}
symlinkSync(join(root, 'store/linked'), join(root, 'node_modules/linked'));

test.for<[specifier: string, found: string | undefined]>([
  ['fs', 'node:fs'],
  ['node:test', 'node:test'],
  ['../inner.js', 'inner.js'],
  ['../missing.js', undefined],
  ['../typed.js', 'typed.ts'],
  ['../typed', 'typed.ts'],
  ['../inner.js?v=2', 'inner.js?v=2'],
  ['#inner', 'inner.js'],
  ['#outer', 'node_modules/plain/lib.js'],
  ['app/self', 'self.js'],
  ['app/inner.js', undefined],
  ['plain', 'node_modules/plain/lib.js'],
  ['plain/deep.js', 'node_modules/plain/deep.js'],
  ['bare', 'node_modules/bare/index.js'],
  ['linked', 'store/linked/index.js'],
  ['@scope/both', 'node_modules/@scope/both/index.mjs'],
  ['@scope/both/features/a', 'node_modules/@scope/both/features/a.js'],
  ['@scope/both/features/private/a', undefined],
  ['@scope/both/b.js', 'node_modules/@scope/both/lib/b.js'],
  ['not-installed', undefined],
  ['https://example.org/a.js', undefined],
])('%s', ([specifier, found]) => {
  const url = resolveImport(specifier, join(root, 'folder/main.js'));
  const shown = url?.startsWith('file:') === true ? relative(root, fileURLToPath(url)) + new URL(url).search : url;
  expect(shown).toBe(found);
});
