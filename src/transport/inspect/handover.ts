/**
 * The bridge between live values and the inspector's handles for them, in both directions.
 *
 * One object, known to both sides, carries everything: what lies in `subject` can be asked for by handle, and code that the
 * inspector runs puts live values into `handed`. Nothing is ever put on `globalThis`.
 */
import { queueMicrotask } from '../own/own-globals.js';
import { post, type RemoteObject, type RemoteProperty } from './session.js';

const exchange: { subject: unknown; handed: unknown } = { subject: undefined, handed: undefined };
// Strict: a symbol stays a primitive.
const TAKE = `function (exchange) { 'use strict'; exchange.handed = this }`;
const GROUP = 'run-in-executor';
/** Handles keep their objects alive: released at the end of the running job, and within a long job after this many. Not measured finely. */
const MOST_HANDLES = 128;

let exchangeId: string | undefined;
let handles = 0;

/** V8's internal properties of a live object: `[[FunctionLocation]]`, `[[Scopes]]`, `[[BoundThis]]` and the like. */
export function internalsOf(value: object): ReadonlyMap<string, RemoteObject> {
  return byName(post('Runtime.getProperties', { objectId: handleOf(value), ownProperties: true }).internalProperties);
}

/** The live value behind a handle, or what `read` (source of a function called on it) makes of it. */
export function liveValue(objectId: string, read = TAKE): unknown {
  post('Runtime.callFunctionOn', { functionDeclaration: read, objectId, arguments: [{ objectId: exchangeHandle() }], silent: true });
  const { handed } = exchange;
  exchange.handed = undefined;
  return handed;
}

/** A handle for a live value, good until the end of the running job. */
export function handleOf(value: unknown): string {
  scheduleRelease();
  exchange.subject = value;
  try {
    const { result } = post('Runtime.callFunctionOn', {
      functionDeclaration: 'function () { return this.subject }',
      objectId: exchangeHandle(),
      objectGroup: GROUP,
    });
    if (result.objectId === undefined) throw new Error('Cannot take a handle of a primitive. This is a bug in run-in-executor');
    return result.objectId;
  } finally {
    exchange.subject = undefined;
  }
}

function byName(properties: readonly RemoteProperty[] | undefined): ReadonlyMap<string, RemoteObject> {
  const map = new Map<string, RemoteObject>();
  for (const { name, value } of properties ?? []) {
    if (value !== undefined) map.set(name, value);
  }
  return map;
}

/** Releasing costs as much as half a look: once a job, not once a look. */
function scheduleRelease(): void {
  if (handles === 0) queueMicrotask(release);
  if (++handles >= MOST_HANDLES) release();
}

function release(): void {
  if (handles === 0) return;
  handles = 0;
  post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
}

function exchangeHandle(): string {
  exchangeId ??= newExchangeHandle();
  return exchangeId;
}

function newExchangeHandle(): string {
  const takeBack = handOver(exchange);
  try {
    const { result } = post('Runtime.evaluate', { expression: MEETING_PLACE, silent: true });
    if (result.objectId === undefined) throw new Error('Cannot meet the inspector. This is a bug in run-in-executor');
    return result.objectId;
  } finally {
    takeBack();
  }
}

/**
 * Evaluated code finds `object` under `MEETING_PLACE`, until the function that this returns is called.
 *
 * The inspector evaluates in the main context, which need not be ours (test runners with `vm` contexts). A builtin module
 * is the same object in all of them, so the object is passed over on one, for the moment.
 */
export function handOver(object: object): () => void {
  const meetingPlace: object = process.getBuiltinModule('node:inspector');
  Reflect.set(meetingPlace, Symbol.for('run-in-executor'), object);
  return () => void Reflect.deleteProperty(meetingPlace, Symbol.for('run-in-executor'));
}

export const MEETING_PLACE = `globalThis.process.getBuiltinModule('node:inspector')[Symbol.for('run-in-executor')]`;
