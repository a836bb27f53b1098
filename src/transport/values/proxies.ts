/** Proxies among what a function captures: their traps go along. One that is passed is read through its traps, as structured clone reads objects. */
import { types } from 'node:util';
import { type ProxyParts, proxyParts } from '../inspect/proxy.js';
import type { Special } from '../protocol.js';
import { Captured } from './trail.js';
import type { Walk } from './walk.js';

/** Undefined for what is none, and where the inspector may not be asked. */
export function capturedProxy({ captured, options }: Walk, value: object): ProxyParts | undefined {
  return captured && options.outbound === true && types.isProxy(value) ? proxyParts(value) : undefined;
}

/** The number of its special, which `remember` gives, before what is in it: that may refer to the proxy. */
export function enterProxy(
  walk: Walk & { captured: boolean },
  { target, handler }: ProxyParts,
  remember: (special: Special) => number,
): number {
  const special = { kind: 'proxy' as const, target: 0, handler: 0 };
  const index = remember(special);
  const [depth, wasCaptured] = [walk.trail.length, walk.captured];
  walk.captured = true;
  walk.trail[depth] = new Captured('target');
  special.target = walk.numbered(target);
  walk.trail[depth] = new Captured('handler');
  special.handler = walk.numbered(handler);
  walk.trail.length = depth;
  walk.captured = wasCaptured;
  return index;
}
