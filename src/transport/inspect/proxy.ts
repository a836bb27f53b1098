/** What a proxy stands for, and what it does instead: only V8 tells. */
import { isObject } from '../is-object.js';
import { internalsOf } from './handover.js';
import { liveOf } from './live.js';
import { inspectorAvailable } from './session.js';

export interface ProxyParts {
  readonly target: object;
  readonly handler: object;
}

/** Undefined for a revoked one, and where there is no inspector. Neither can change: looked at once. Cost: 0.2 ms. */
export function proxyParts(proxy: object): ProxyParts | undefined {
  let parts = known.get(proxy);
  if (parts === undefined && inspectorAvailable()) {
    const internals = internalsOf(proxy);
    const [target, handler] = [liveOf(internals.get('[[Target]]')), liveOf(internals.get('[[Handler]]'))];
    if (!isObject(target) || !isObject(handler)) return undefined;
    parts = { target, handler };
    known.set(proxy, parts);
  }
  return parts;
}

const known = new WeakMap<object, ProxyParts>();
