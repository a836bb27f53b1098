import { EventEmitter } from 'node:events';

/** Node's symbols on an EventEmitter: defaults that every emitter's prototype has too. */
export const EMITTER_STATE: ReadonlySet<symbol> = new Set(Object.getOwnPropertySymbols(new EventEmitter()));

/** What `node:domain` (the REPL's, up to Node 24) hangs on every emitter that is made under it. */
export function isDomainOf(emitter: object, name: string): boolean {
  return name === 'domain' && emitter instanceof EventEmitter;
}
