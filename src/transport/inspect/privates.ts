/** The private fields of an object, static ones if it is a class: only V8 shows them. */
import { handleOf } from './handover.js';
import { liveOf } from './live.js';
import { post } from './session.js';

/** By name, `#` included. Methods are not among them. */
export function privateFieldsOf(object: object): ReadonlyMap<string, unknown> {
  const { privateProperties } = post('Runtime.getProperties', { objectId: handleOf(object), ownProperties: true });
  return new Map(privateProperties?.flatMap(({ name, value }) => (value === undefined ? [] : [[name, liveOf(value)]])));
}
