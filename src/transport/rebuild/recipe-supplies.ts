/** What a thread has itself: modules, `require`, `import.meta`. */
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Supply } from '../protocol.js';
import { importAs, resolverOf } from './recipe-import.js';

/** Gives the variable's value as of each instance: an import may have been assigned to by its module. */
export type Give = () => unknown;

export function supply(wanted: Supply, file: string): Give | Promise<Give> {
  switch (wanted.what) {
    case 'import':
      return importAs(file, wanted.specifier).then((namespace) => (wanted.member === '*' ? () => namespace : () => namespace[wanted.member]));
    case 'import()':
      return () => (specifier: string) => importAs(file, specifier.replace(/^\/@fs/, ''));
    case 'required': {
      const exports: unknown = createRequire(wanted.file)(wanted.file);
      return () => exports;
    }
    case 'require': {
      const require = createRequire(wanted.from);
      return () => require;
    }
    case 'import.meta': {
      const meta = importMeta(file);
      return () => ({ ...meta });
    }
    case 'module':
      return () => Object.assign(new Module(file), { filename: file, paths: createRequire(file).resolve.paths('x') ?? [], loaded: true });
  }
}

function importMeta(file: string): object {
  const url = file.startsWith('file:') ? file : pathToFileURL(file).href;
  const path = fileURLToPath(url);
  return { dirname: dirname(path), filename: path, main: false, resolve: resolverOf(path), url };
}
