/** The compiled modules of the library: what each imports of the others, and exports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'acorn';

/** By path: `src/pool/lanes.js`. */
export function readModules(compiled) {
  const paths = readdirSync(compiled, { recursive: true }).map((path) => path.split(sep).join('/'));
  return new Map(paths.filter((path) => path.endsWith('.js')).map((path) => [path, readModule(compiled, path)]));
}

function readModule(compiled, path) {
  const file = join(compiled, path);
  const { body } = parse(readFileSync(file, 'utf8'), { ecmaVersion: 'latest', sourceType: 'module' });
  const links = body.filter(({ source }) => source?.value.startsWith('.'));
  const imports = links.map(({ source }) =>
    relative(compiled, join(file, '..', source.value))
      .split(sep)
      .join('/'),
  );
  return { imports: [...new Set(imports)], exports: body.flatMap(exportedNames) };
}

function exportedNames({ type, declaration, specifiers }) {
  if (type !== 'ExportNamedDeclaration') return [];
  if (declaration === null) return specifiers.map(({ exported }) => exported.name);
  return declaration.id
    ? [declaration.id.name]
    : declaration.declarations.flatMap(({ id }) => (id.name ? [id.name] : id.properties.map(({ value }) => value.name)));
}
