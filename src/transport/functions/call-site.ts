/**
 * Which of the program's files are at work right now: those that call us. A file that passes a function has mostly imported it.
 */
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { versions } from '../own/own-globals.js';
import { isOwnFile } from '../own/own-home.js';
import { isInstalled } from './installed.js';
import { isModuleFile } from './module-kind.js';

/** A file on the stack. */
export interface CallSite {
  readonly file: string;
  /** Loaded by Node's own ES module loader, which names its scripts by URL (CommonJS, Vitest and Jest name them by path). */
  readonly isModule: boolean;
}

/** Nearest first, each once, down to the framework that called the program. Cost: about 10 µs. */
export function callSites(): CallSite[] {
  const sites = new Map<string, CallSite>();
  let inProgram = false;
  for (const name of scriptsOnTheStack()) {
    const site = siteOf(name);
    if (site === undefined) continue;
    if (inProgram && isInstalled(site.file)) break;
    inProgram ||= !isInstalled(site.file);
    if (!sites.has(site.file)) sites.set(site.file, site);
  }
  return [...sites.values()];
}

function siteOf(script: string): CallSite | undefined {
  const isModule = script.startsWith('file:');
  if (!isModule && !isAbsolute(script)) return undefined;
  try {
    const file = isModule ? fileURLToPath(script) : script;
    return isOwnFile(file) ? undefined : { file, isModule: isModule || isModuleOfDeno(file) };
  } catch {
    return undefined;
  }
}

/** Deno names its modules by path, too. */
function isModuleOfDeno(file: string): boolean {
  return versions.deno !== undefined && isModuleFile(file);
}

function scriptsOnTheStack(): string[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const found: string[] = [];
  try {
    Reflect.set(Error, 'stackTraceLimit', DEEPEST_FRAME);
    Error.prepareStackTrace = (_, frames) => frames.map((frame) => frame.getFileName());
    for (const name of new Error().stack as unknown as (string | null | undefined)[]) if (typeof name === 'string') found.push(name);
  } catch {
    // A frozen Error, as some sandboxes have: then nothing is known of the callers.
  } finally {
    // Not ours to keep, and not ours to fail on.
    Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
  return found;
}

/** Frames between a call and the file that imported the function: wrappers, middlewares. A guess on the generous side. */
const DEEPEST_FRAME = 60;
