/**
 * A folder as a user of the library would have it: the built package in node_modules, a few files to import, one program.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

/** `dist`: the built library, where it is not the repository's own. */
export function makeProject({ dist = join(root, 'dist') } = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'run-in-executor-forms-')));
  writeFileSync(join(folder, 'package.json'), '{ "name": "forms", "private": true }\n');
  cpSync(join(here, 'sources', 'files'), folder, { recursive: true, filter: (file) => !file.endsWith('packages') });
  cpSync(join(here, 'sources', 'report.cjs'), join(folder, 'report.cjs'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const owner of [here, root]) linkAll(join(owner, 'node_modules'), modules);
  cpSync(join(here, 'sources', 'files', 'packages'), modules, { recursive: true });
  installLibrary(join(modules, 'run-in-executor'), dist);
  return {
    folder,
    file: (name) => join(folder, name),
    write: (name, text) => writeFileSync(join(folder, name), text),
    circular: (program) =>
      writeFileSync(join(folder, 'circular.mjs'), `import './${program}';\nexport function addOne(n) {\n  return n + 1;\n}\n`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
    linkAsPnpm: (names) => {
      for (const name of names) linkAsPnpm(modules, name);
    },
  };
}

/** A copy, not a link: tools treat what lies in node_modules otherwise than what merely is linked from there. */
function installLibrary(folder, dist) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(dist, join(folder, 'dist'), { recursive: true });
}

/** The package itself lies in a store, beside links to all that it may import. */
function linkAsPnpm(modules, name) {
  const store = join(modules, '.pnpm', `${name}@1.0.0`, 'node_modules');
  mkdirSync(store, { recursive: true });
  renameSync(join(modules, name), join(store, name));
  linkAll(join(root, 'node_modules'), store);
  symlinkSync(join(store, name), join(modules, name));
}

function linkAll(from, to) {
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) {
    if (name.startsWith('.') || existsSync(join(to, name))) continue;
    symlinkSync(join(from, name), join(to, name));
  }
}
