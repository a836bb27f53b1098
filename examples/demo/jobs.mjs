/**
 * The input: what every installation of this repository has in its node_modules.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { compare, render, validate } from './work.mjs';

const require = createRequire(import.meta.url);
const typescript = join(dirname(require.resolve('typescript/package.json')), 'lib');
const nodeTypes = dirname(require.resolve('@types/node/package.json'));

/** `{ kind, fn, args }`, each kind in the order of the files' names. */
export function allJobs() {
  const declarations = [...filesUnder(nodeTypes, '.d.ts'), ...filesUnder(typescript, '.d.ts')];
  const translations = filesUnder(typescript, 'diagnosticMessages.generated.json');
  const promised = declarations.filter((file) => basename(file) === 'promises.d.ts');
  return [
    ...declarations.map((file) => ({ kind: 'render', fn: render, args: [file] })),
    ...promised.map((file) => ({ kind: 'compare', fn: compare, args: [`${dirname(file)}.d.ts`, file] })),
    ...translations.map((file) => ({ kind: 'validate', fn: validate, args: [file, translations[0]] })),
  ];
}

function filesUnder(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(folder, file));
}
