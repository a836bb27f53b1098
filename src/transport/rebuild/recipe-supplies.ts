/** What a thread has itself: modules, globals, `require`, `import.meta`. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { statePrint } from '../functions/fingerprint.js';
import { standsIn } from '../functions/own.js';
import { isPromise } from '../own/own-globals.js';
import { OWN_HOME } from '../own/own-home.js';
import type { StandIn, Supply } from '../protocol.js';
import { find } from './find.js';
import { importModule, requireModule } from './import-module.js';
import { importAs, resolverOf } from './recipe-import.js';
import { findPrivate } from './recipe-private.js';
import { constant, findStandIn, type Give, type Modules } from './stand-in.js';

/** `file` is the one that the function was written in. */
export function supply(wanted: Supply, file: string): Give | Promise<Give> {
  switch (wanted.what) {
    case 'import()':
      return () => (specifier: string, options?: ImportCallOptions) =>
        importAs(file, ofVite(specifier), options ?? attributesOf(specifier));
    case 'import.meta': {
      const env = wanted.env === undefined ? {} : { env: wanted.env };
      return importMeta(file).then((meta) => () => ({ ...meta, ...env }));
    }
    default:
      return resolveStandIn(wanted, file);
  }
}

export function resolveStandIn(wanted: StandIn, file = ''): Give | Promise<Give> {
  switch (wanted.what) {
    case 'store':
      return constant(new AsyncLocalStorage());
    case 'own':
      return importModule(`${OWN_HOME}src/index.js`).then((own) => {
        const Type = Reflect.get(own, wanted.type) as new (options: object) => object;
        return constant(standsIn(new Type(wanted.options)));
      });
    case 'constant': {
      const holder = holderOf(wanted);
      return isPromise(holder) ? holder.then((found) => constant(constantOf(found, wanted))) : constant(constantOf(holder, wanted));
    }
    case 'symbol':
      return constant(symbolOf(wanted.id, wanted.description));
    default:
      return findStandIn(wanted, file, MODULES);
  }
}

/** As a thread loads them. */
const MODULES: Modules = {
  imported,
  required: (file, after) => requireModule(pathToFileURL(file).href, after),
  kept: findPrivate,
};

/** What needs no file to start from needs no script that pretends to be there either. */
function imported(specifier: string, file: string): Promise<Record<string, unknown>> {
  return specifier.startsWith('file:') ? (importModule(specifier) as Promise<Record<string, unknown>>) : importAs(file, specifier);
}

/** Vite writes `/@fs/` before a path outside its root, and `/` for the root. */
function ofVite(specifier: string): string {
  const path = specifier.replace(/^\/@fs/, '');
  return path.startsWith('/') && !existsSync(path) && existsSync(join(process.cwd(), path)) ? join(process.cwd(), path) : path;
}

/** Vite needs none, and leaves out those that there are. */
function attributesOf(specifier: string): ImportCallOptions | undefined {
  return specifier.endsWith('.json') ? { with: { type: 'json' } } : undefined;
}

type Constant = Extract<StandIn, { what: 'constant' }>;

/** The class, the exports of a module, or one of these. */
function holderOf({ of, within }: Constant): unknown {
  if (within === undefined) return find(of);
  const inside = (exports: object): unknown => (within === '' ? exports : (Reflect.get(exports, within) as unknown));
  return of.loader === 'require' ? inside(requireModule(of.module, of.after) as object) : importModule(of.module, of.after).then(inside);
}

/** Undefined: the calling side's has another state. */
function constantOf(holder: unknown, { name, print }: Constant): unknown {
  const isHolder = typeof holder === 'function' || (typeof holder === 'object' && holder !== null);
  const value: unknown = isHolder ? Reflect.get(holder, name) : undefined;
  return typeof value === 'object' && value !== null && statePrint(value) === print ? value : undefined;
}

/** As long as anybody here holds it. */
function symbolOf(id: number, description: string | undefined): symbol {
  let symbol = symbols.get(id)?.deref();
  if (symbol === undefined) {
    symbol = Symbol(description);
    symbols.set(id, new WeakRef(symbol));
    collected.register(symbol, id);
  }
  return symbol;
}

const symbols = new Map<number, WeakRef<symbol>>();
const collected = new FinalizationRegistry<number>((id) => {
  if (symbols.get(id)?.deref() === undefined) symbols.delete(id);
});

async function importMeta(file: string): Promise<object> {
  const url = file.startsWith('file:') ? file : pathToFileURL(file).href;
  const path = fileURLToPath(url);
  return { dirname: dirname(path), filename: path, main: false, resolve: await resolverOf(path), url };
}
