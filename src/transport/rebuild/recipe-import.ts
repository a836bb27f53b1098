/** `import()` as from another file. */
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

/** Imports what the specifier means in that file. */
export function importAs(file: string, specifier: string): Promise<Record<string, unknown>> {
  let importer = importers.get(file);
  if (importer === undefined) {
    importer = new vm.Script('(specifier) => import(specifier)', {
      ...(file === '' ? {} : { filename: file }),
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext() as (specifier: string) => Promise<Record<string, unknown>>;
    importers.set(file, importer);
  }
  return importer(specifier);
}

/** `import.meta.resolve`: the thread's own, told where to start. */
export function resolverOf(path: string): (specifier: string) => string {
  const from = pathToFileURL(path).href;
  return (specifier) => {
    if (/^(?:\.{0,2}\/)/.test(specifier)) return new URL(specifier, from).href;
    return import.meta.resolve(specifier, from);
  };
}

const importers = new Map<string, (specifier: string) => Promise<Record<string, unknown>>>();
