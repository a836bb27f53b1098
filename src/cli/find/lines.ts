/**
 * The line to change for a function that stalled.
 */
import { isNamespace, type Wanted } from './aliases.js';
import { type Change, changedCall } from './call-site.js';
import { type Place, placeOf } from './offsets.js';
import { looksAsync } from './parameters.js';
import type { Places } from './places.js';
import type { Frame } from './recording.js';
import { type Call, onThread, type Rewrite, twinned } from './rewrites.js';
import { callerAt, knowsThis } from './syntax.js';
import { publicNames, type Twin, twinOf } from './twins.js';

interface TwinFound {
  /** As the program calls it: `gzipSync`. */
  readonly builtin: string;
  readonly twin: Twin | undefined;
  readonly change: Change | undefined;
}

export class Lines {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  /** A function of Node's, in the place of which it may have another. */
  twinned(builtin: Frame, caller: Frame | undefined): TwinFound {
    let called: Call | undefined;
    const names = publicNames(builtin.url, builtin.name);
    const change = this.#changed(caller, { names, url: builtin.url }, (call) => {
      called = call;
      const twin = twinOf(builtin.url, call.name);
      return twin && twinned(twin)(call);
    });
    const name = called?.name ?? builtin.name;
    return { builtin: name, twin: twinOf(builtin.url, name), change };
  }

  /** A function of the program's, on a thread. */
  offloaded(frame: Frame, caller: Frame | undefined): Change | undefined {
    const name = frame.name.slice(frame.name.lastIndexOf('.') + 1).replace(/^#/, '');
    if (name === '') return undefined;
    const itself = callerAt(this.#places.textOf(frame), frame)?.node;
    const program = caller && callerAt(this.#places.textOf(caller), caller)?.program;
    const binds = (holder: string) => {
      if (itself !== undefined && itself.type !== 'Program') return knowsThis(itself);
      return program === undefined || !isNamespace(program, holder);
    };
    return this.#changed(caller, { names: [name], url: frame.url }, onThread(binds));
  }

  #changed(frame: Frame | undefined, wanted: Wanted, rewrite: (call: Call) => Rewrite | undefined): Change | undefined {
    if (frame === undefined) return undefined;
    const text = this.#places.textOf(frame);
    const caller = callerAt(text, frame);
    if (caller === undefined) return undefined;
    const { file, source } = this.#places.of(frame);
    const original = (offset: number): Place | undefined => {
      const place = this.#places.of({ ...frame, ...placeOf(text, offset) });
      return place.file === file ? { line: place.line - 1, column: place.column - 1 } : undefined;
    };
    return changedCall(caller, wanted, { url: frame.url, file, original, source }, rewrite);
  }
}

/** By the text alone where it cannot be read as a whole. */
export function isAsync(text: string, place: Place): boolean {
  const node = callerAt(text, place)?.node;
  if (node === undefined) return looksAsync(text, place);
  return node.type !== 'Program' && node.async;
}
