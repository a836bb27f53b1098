/** What copies a program's files to where it runs (Next's standalone output, Nitro, Vercel) follows what it can read: each `require` of a text. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { dependencies: object };

test.each(['src/index.js', 'src/index.cjs'])('all files that threads run are found from %s, and the packages that these need', (entry) => {
  const files = new Set([join(dist, entry)]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:require|createRequire\(import\.meta\.url\))\(["']([^"']+)["']\)/g,
    )) {
      if (name.startsWith('.')) files.add(join(dirname(file), name));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  }
  const found = [...files].map((file) => file.slice(dist.length + 1));
  const run = ['workers/thread.cjs', 'workers/stream.js', 'workers/resolve.js', 'src/parts/looking.cjs', 'src/parts/rebuilding.cjs'];
  expect(found).toEqual(expect.arrayContaining(run));
  expect([...packages]).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
});
