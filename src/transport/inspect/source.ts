/** The text of a script, as V8 compiled it. */
import { readFileSync } from 'node:fs';
import { offsetOfLine } from './lines.js';
import { debugging, fileOf, listedScript, type Script } from './scripts.js';
import { post } from './session.js';

/** From disk where the file is still what was loaded (the debugger's price is saved), else from V8. */
export function sourceOf(scriptId: string): string {
  const script = listedScript(scriptId);
  return fromDisk(script) ?? fromEngine(scriptId);
}

/** Where a place of the user's file is in the script's text: the two differ where a loader wrapped the file. */
export function offsetIn(source: string, script: Script, line: number, column: number): number {
  const start = script.start ?? { line: 0, column: 0 };
  const row = line - start.line;
  const offset = offsetOfLine(source, row);
  return offset === -1 ? -1 : offset + (row === 0 ? column - start.column : column);
}

/** Its text on disk is not what runs, even where Node only strips it of its types, which leaves the length. */
export function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

// Length and wrapping tell an edited file well enough here: callers compare the function's own text with what they find at its place.
function fromDisk(script: Script): string | undefined {
  const { start, length } = script;
  if (start === undefined || start.line !== 0 || start.column !== 0) return undefined;
  try {
    const path = fileOf(script);
    if (path === undefined || isTypeScript(path)) return undefined;
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    return text.length === length ? text : undefined;
  } catch {
    return undefined;
  }
}

function fromEngine(scriptId: string): string {
  return debugging(() => post('Debugger.getScriptSource', { scriptId }).scriptSource);
}
