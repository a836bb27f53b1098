/** Values that V8 describes instead of handing over: primitives in words, objects by handle. */
import { liveValue } from './handover.js';
import type { RemoteObject } from './session.js';

export function liveOf(remote: RemoteObject | undefined): unknown {
  if (remote === undefined || remote.type === 'undefined') return undefined;
  if (remote.objectId !== undefined) return liveValue(remote.objectId);
  if (remote.unserializableValue === undefined) return remote.value;
  if (remote.type === 'bigint') return BigInt(remote.unserializableValue.slice(0, -1));
  return Number(remote.unserializableValue);
}
