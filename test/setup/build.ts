/**
 * Builds the package once before any test: tests import `run-in-executor` by its name, which is what users get.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export default function buildOnce(): void {
  const sources = ['src', 'workers', 'tsconfig.json', 'tsconfig.build.json', 'build.mjs'];
  const built = Math.min(lastChange('dist', 'oldest'), lastChange('.cache/compiled', 'oldest'));
  // Nothing changed: leave the files alone, for another test run may be reading them.
  if (built > Math.max(...sources.map((path) => lastChange(path)))) return;
  const { status } = spawnSync(process.execPath, ['build.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  // The compiler writes its output even so; the gate's type check is what blocks. Here a type error elsewhere stops nobody's test.
  if (status !== 0) console.warn('\nThe build has type errors (above); testing what it wrote.\n');
}

function lastChange(path: string, which: 'newest' | 'oldest' = 'newest'): number {
  const times = filesUnder(root + path).map((file) => statSync(file).mtimeMs);
  if (times.length === 0) return 0;
  return which === 'newest' ? Math.max(...times) : Math.min(...times);
}

function filesUnder(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(`${path}/${name}`));
}
