/**
 * Which file a script of V8 came from.
 *
 * Only `Debugger.enable` lists scripts (it stalls by 2 to 100 ms, by how much code is loaded), and left enabled it makes awaits
 * ten times slower: so it is enabled for a moment, once, and again only for a script that came later and that nothing cheaper tells.
 * What is cheaper: most closures are made in a file that is on the call stack as they are sent, and a stack trace of the
 * inspector names script and file in 0.2 ms.
 */
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { queueMicrotask } from '../own/own-globals.js';
import { isCovered } from './coverage.js';
import { listen, post } from './session.js';

export interface Script {
  readonly id: string;
  /** A `file:` URL for modules; a path for CommonJS; whatever name code was compiled under otherwise, possibly ''. */
  readonly url: string;
  /** Where the script's first character stands in that file: not 0 where a loader wrapped the file's text. Absent: not known yet. */
  readonly start?: { readonly line: number; readonly column: number };
  readonly isModule?: boolean;
  /** Characters, to tell whether the file on disk is still the same. */
  readonly length?: number;
  readonly sourceMap?: string;
}

interface ScriptParsed {
  scriptId: string;
  url: string;
  startLine: number;
  startColumn: number;
  length?: number;
  isModule?: boolean;
  sourceMapURL?: string;
}

const known = new Map<string, Script>();
let modules: ReadonlySet<string> = new Set();
/** Code that a program makes from strings is no module, and comes by the hundred. */
let isOutdated = false;
let enabled = false;
let disable: (() => void) | undefined;

export function scriptOf(id: string): Script {
  return known.get(id) ?? fromStack(id) ?? fromListing(id) ?? remember({ id, url: '' });
}

/** The script with its start and length, which only the listing tells. */
export function listedScript(id: string): Script {
  const script = known.get(id);
  return script?.start !== undefined ? script : (fromListing(id) ?? scriptOf(id));
}

/** The path of the script's file; where it has none, whatever name it was compiled under, possibly ''. */
export function scriptName(id: string): string {
  return nameOf(scriptOf(id));
}

/** The path of the script's file. Undefined for what was compiled from a string. */
export function scriptFile(id: string): string | undefined {
  return fileOf(scriptOf(id));
}

export function fileOf(script: Script): string | undefined {
  const name = nameOf(script);
  return isAbsolute(name) ? name : undefined;
}

function nameOf({ url }: Script): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

/** The ES modules among the scripts that were listed so far. Lists nothing for it. */
export function listedModules(): ReadonlySet<string> {
  if (isOutdated) {
    isOutdated = false;
    modules = new Set([...known.values()].filter(({ isModule }) => isModule === true).map(({ url }) => url));
  }
  return modules;
}

/**
 * Runs `during` with the debugger enabled, and takes in the listing that this costs anyhow. It stays enabled to the end of the
 * running job, so that several functions in a row pay once: no `await` comes in between that could suffer. While coverage is
 * counted, it stays enabled.
 */
export function debugging<T>(during: () => T): T {
  if (!enabled) {
    enabled = true;
    const stopListening = listen('Debugger.scriptParsed', takeIn);
    // To disable it makes V8 forget which branches have run.
    if (!isCovered()) {
      disable = () => {
        enabled = false;
        disable = undefined;
        post('Debugger.disable');
        stopListening();
      };
      queueMicrotask(stopDebugging);
    }
    post('Debugger.enable');
  }
  return during();
}

/** Before the end of the job, where a task is about to run in it. */
export function stopDebugging(): void {
  disable?.();
}

function fromStack(id: string): Script | undefined {
  if (abortsWhereThrown()) return undefined;
  post('Runtime.enable');
  try {
    const { exceptionDetails } = post('Runtime.evaluate', { expression: 'throw undefined', silent: true });
    for (const { scriptId, url } of exceptionDetails?.stackTrace?.callFrames ?? []) {
      if (!known.has(scriptId)) remember({ id: scriptId, url });
    }
  } finally {
    post('Runtime.disable');
  }
  return known.get(id);
}

/** There what an evaluation throws ends the process, though whoever asked for it gets it. */
function abortsWhereThrown(): boolean {
  return /--abort[-_]on[-_]uncaught[-_]exception/.test([...process.execArgv, process.env.NODE_OPTIONS].join(' '));
}

function fromListing(id: string): Script | undefined {
  debugging(() => undefined);
  return known.get(id);
}

function takeIn({ scriptId, url, startLine, startColumn, length, isModule, sourceMapURL }: ScriptParsed): void {
  // It may have been known without saying that it is a module.
  if (isModule === true && known.get(scriptId)?.isModule !== true) isOutdated = true;
  remember({
    id: scriptId,
    url,
    start: { line: startLine, column: startColumn },
    length: length ?? 0,
    isModule: isModule ?? false,
    sourceMap: sourceMapURL ?? '',
  });
}

function remember(script: Script): Script {
  known.set(script.id, script);
  return script;
}
