/**
 * A folder with this package installed, and others that a test writes.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export class PackageFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'packages-'));

  constructor() {
    mkdirSync(join(this.path, 'node_modules'));
    symlinkSync(fileURLToPath(new URL('../../', import.meta.url)), join(this.path, 'node_modules', 'run-in-executor'));
  }

  /** `files` by name; `index.js` is the main one. */
  install(name: string, files: Readonly<Record<string, string>>): void {
    const home = join(this.path, 'node_modules', name);
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name, type: 'module', exports: './index.js' }));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(home, file), text);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
