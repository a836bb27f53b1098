/** `import()` as from another file. */
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { resolveImport } from '../functions/resolve-import.js';
import { OWN_HOME } from '../own/own-home.js';
import { importModule } from './import-module.js';

/** Imports what the specifier means in that file. */
export function importAs(file: string, specifier: string, options?: ImportCallOptions): Promise<Record<string, unknown>> {
  let importer = importers.get(file);
  if (importer === undefined) {
    importer = new vm.Script('(specifier, options) => import(specifier, options)', {
      ...(file === '' ? {} : { filename: file }),
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext() as Importer;
    importers.set(file, importer);
  }
  return importer(specifier, options);
}

/** `import.meta.resolve`. The thread's own does not let itself be told where to start: it is for what nobody finds from there. */
export async function resolverOf(path: string): Promise<(specifier: string) => string> {
  const { resolve } = (await importModule(`${OWN_HOME}workers/resolve.js`)) as { resolve: (specifier: string, from: string) => string };
  const from = pathToFileURL(path).href;
  return (specifier) =>
    /^(?:\.{0,2}\/)/.test(specifier) ? new URL(specifier, from).href : (resolveImport(specifier, path) ?? resolve(specifier, from));
}

type Importer = (specifier: string, options?: ImportCallOptions) => Promise<Record<string, unknown>>;

const importers = new Map<string, Importer>();
