/**
 * Finds the function that a command line means: `./hash.js#digest`, `./tools.ts#Tool.parse`, `lodash#chunk`, `node:zlib#gzipSync`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import type { Fn } from '../index.js';
import { exitCodes } from './exit-codes.js';
import { nearest } from './nearest.js';
import { Refusal } from './refusal.js';

/** The one that a command was given: by its place, or written inline. */
export async function givenFunction(command: string, target: string | undefined, inline: string | undefined): Promise<Fn> {
  if ((target === undefined) === (inline === undefined))
    throw new Refusal(
      `${command} takes one function: ./file.js#name, or --eval '(n) => …'\n  run-in-executor ${command} --help has examples`,
    );
  return inline === undefined ? functionAt(target as string) : evaluated(inline);
}

/** Imports the module, which runs it; without `#name` the default export is meant, or the only function there is. */
async function functionAt(target: string, cwd = process.cwd()): Promise<Fn> {
  const hash = target.lastIndexOf('#');
  const [module, name] = hash < 1 ? [target, undefined] : [target.slice(0, hash), target.slice(hash + 1)];
  const namespace = await imported(specifier(module, cwd), module, cwd);
  const found = name === undefined ? onlyFunction(namespace, module) : member(namespace, name.split('.'), module);
  if (typeof found === 'function') return found as Fn;
  throw new Refusal(`${target} is no function but ${found === null ? 'null' : `of type ${typeof found}`}${offered(namespace, name ?? '')}`);
}

/** All that a module exports. Imports it, which runs it. */
export function moduleAt(module: string, cwd = process.cwd()): Promise<Record<string, unknown>> {
  return imported(specifier(module, cwd), module, cwd);
}

/** An inline function: `--eval '(n) => n * 2'`. */
function evaluated(text: string): Fn {
  let found: unknown;
  try {
    found = new vm.Script(`(${text}\n)`, { filename: '[eval]' }).runInThisContext();
  } catch (error) {
    throw new Refusal(`--eval takes an expression that gives a function, such as '(n) => n * 2': ${(error as Error).message}`);
  }
  if (typeof found === 'function') return found as Fn;
  throw new Refusal(`--eval takes an expression that gives a function, such as '(n) => n * 2': this one gives ${typeof found}`);
}

/** A path means a file even without `./` before it; what is no file is a package, or one of Node's modules. */
function specifier(module: string, cwd: string): string {
  if (/^(node|file|data):/.test(module)) return module;
  const path = resolve(cwd, module);
  return /^[./]|^[a-z]:[\\/]/i.test(module) || existsSync(path) ? pathToFileURL(path).href : module;
}

/** From the user's folder, not from this file's: packages are looked up there, with the conditions of `import`. */
async function imported(specifier: string, module: string, cwd: string): Promise<Record<string, unknown>> {
  if (specifier.startsWith('file:') && !existsSync(new URL(specifier))) throw noFile(module, cwd);
  const script = new vm.Script('(specifier) => import(specifier)', {
    filename: join(cwd, 'run-in-executor'),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const { emitWarning } = process;
  try {
    // That loader is experimental on Node 20, and says so at its first use: not what anybody asked here.
    process.emitWarning = () => undefined;
    const importing = (script.runInThisContext() as (specifier: string) => Promise<Record<string, unknown>>)(specifier);
    process.emitWarning = emitWarning;
    return await importing;
  } catch (error) {
    const { code, message, stack } = error as NodeJS.ErrnoException;
    const looksLikeFile = specifier === module && /\.([cm]?[jt]sx?|json)$/.test(module);
    if (code === 'ERR_MODULE_NOT_FOUND' && looksLikeFile) throw noFile(module, cwd);
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNKNOWN_BUILTIN_MODULE')
      throw new Refusal(message.replace(/ imported from \S+$/, ''));
    if (/\.[cm]?tsx?$/.test(module) && (code === 'ERR_UNKNOWN_FILE_EXTENSION' || error instanceof SyntaxError)) {
      throw new Refusal(`${module} is TypeScript, which this Node does not run by itself: ${WITH_TYPESCRIPT}`);
    }
    throw new Refusal(`${module} cannot be imported: ${stack ?? message}`, { exitCode: exitCodes.failed, cause: error });
  } finally {
    process.emitWarning = emitWarning;
  }
}

function noFile(module: string, cwd: string): Refusal {
  const folder = resolve(cwd, dirname(module));
  const name = existsSync(folder) ? nearest(basename(module), readdirSync(folder)) : undefined;
  return new Refusal(`there is no file ${module}, seen from ${cwd}${name === undefined ? '' : `\n  The nearest is ${name}`}`);
}

const WITH_TYPESCRIPT = "NODE_OPTIONS='--import tsx' npx run-in-executor …, or Node 22.18 and later";

function onlyFunction(namespace: Record<string, unknown>, module: string): unknown {
  if (typeof namespace.default === 'function') return namespace.default;
  const [only, ...others] = functionsOf(namespace);
  if (only !== undefined && others.length === 0) return namespace[only];
  throw new Refusal(`which function of ${module}?${offered(namespace, '')}`);
}

/** Own names first, then those of the default export: what `module.exports` holds is not always named. */
function member(namespace: Record<string, unknown>, path: readonly string[], module: string): unknown {
  for (const start of [namespace, namespace.default]) {
    const found = path.reduce<unknown>((holder, key) => (holder == null ? undefined : (holder as Record<string, unknown>)[key]), start);
    if (found !== undefined) return found;
  }
  throw new Refusal(`${module} exports no ${path.join('.')}${offered(namespace, path.join('.'))}`);
}

function offered(namespace: Record<string, unknown>, wanted: string): string {
  const names = functionsOf(namespace);
  if (names.length === 0) return '; it exports no function at all';
  const name = nearest(wanted, names);
  if (name !== undefined) return `; the nearest is #${name}`;
  if (names.length <= MOST_LISTED) return `; its functions: ${names.map((name) => `#${name}`).join(', ')}`;
  return `; it has ${names.length}`;
}

const MOST_LISTED = 12;

function functionsOf(namespace: Record<string, unknown>): string[] {
  return Object.keys(namespace).filter((name) => typeof namespace[name] === 'function');
}
