import { EventEmitter } from 'node:events';

/** Node's symbols on an EventEmitter: defaults that every emitter's prototype has too. */
export const EMITTER_STATE: ReadonlySet<symbol> = new Set(Object.getOwnPropertySymbols(new EventEmitter()));
