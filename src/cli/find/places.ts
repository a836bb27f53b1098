import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LEAST_UPPER_BOUND, originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Frame, Script } from './recording.js';

/** A place in what the user wrote. */
interface SourcePlace {
  /** A path or, of Node's own modules and of code that was made while running, a name. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** As the user wrote it, or '' where that is not to be had. */
  readonly source: string;
}

/** Finds what the user wrote from what V8 ran: through source maps, inline or beside the file, as far as there are any. */
export class Places {
  readonly #scripts: Readonly<Record<string, Script>>;
  readonly #maps = new Map<string, TraceMap | undefined>();

  constructor(scripts: Readonly<Record<string, Script>>) {
    this.#scripts = scripts;
  }

  /** What V8 ran, in which its positions count. */
  textOf({ scriptId }: Pick<Frame, 'scriptId'>): string {
    return this.#scripts[scriptId]?.source ?? '';
  }

  of({ scriptId, url, line, column }: Pick<Frame, 'scriptId' | 'url' | 'line' | 'column'>): SourcePlace {
    const map = this.#mapOf(scriptId);
    const here = { line: line + 1, column };
    if (map !== undefined) {
      // What a compiler wrote around a function stands nowhere in the source: what comes next in it does.
      const found = [
        here,
        ...LINES_ON.map((lines) => ({ line: here.line + lines, column: lines === 0 ? column : 0, bias: LEAST_UPPER_BOUND })),
      ]
        .map((place) => originalPositionFor(map, place))
        .find((place) => place.source !== null);
      if (found?.source != null) {
        const file = pathOf(found.source);
        return { file, line: found.line, column: found.column + 1, source: sourceContentFor(map, found.source) ?? textOf(file) };
      }
    }
    const file = pathOf(url);
    return { file, line: line + 1, column: column + 1, source: asWritten(file, this.textOf({ scriptId })) };
  }

  #mapOf(scriptId: string): TraceMap | undefined {
    if (!this.#maps.has(scriptId)) this.#maps.set(scriptId, mapOf(this.#scripts[scriptId]));
    return this.#maps.get(scriptId);
  }
}

const LINES_ON = [0, 1, 2, 3];

/** Node puts blanks in the place of types, so that every position stays: the file has both. */
function asWritten(file: string, ran: string): string {
  if (!/\.[cm]?ts$/.test(file)) return ran;
  const written = textOf(file);
  return written.length === ran.length ? written : ran;
}

/** A map that cannot be read is as none. */
function mapOf(script: Script | undefined): TraceMap | undefined {
  if (script === undefined || script.sourceMapURL === '') return undefined;
  const { url, sourceMapURL } = script;
  try {
    const base = /^(file|https?):/.test(url) ? url : pathToFileURL(url).href;
    const inline = /^data:[^,]*?(;base64)?,/.exec(sourceMapURL);
    if (inline === null) {
      const place = new URL(sourceMapURL, base);
      return new TraceMap(readFileSync(place, 'utf8'), place.href);
    }
    const data = sourceMapURL.slice(inline[0].length);
    return new TraceMap(inline[1] === undefined ? decodeURIComponent(data) : Buffer.from(data, 'base64').toString(), base);
  } catch {
    return undefined;
  }
}

/** Loaders put marks behind a file's name. */
function pathOf(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url.replace(/[?#].*$/, ''));
  } catch {
    return url;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
