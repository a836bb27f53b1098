/** Proxies among what a function captures: their traps go along. One that is passed is read through its traps, as structured clone reads objects. */
import { types } from 'node:util';
import type { AnyFunction } from '../any-function.js';
import { isUnderTestRunner } from '../functions/test-runner.js';
import { type ProxyParts, proxyParts } from '../inspect/proxy.js';
import type { Special } from '../packed.js';
import { ProxyPart } from './trail.js';
import type { Walk } from './walk.js';

/** Undefined for what is none, and where the inspector may not be asked. */
export function capturedProxy({ captured, options }: Walk, value: object): ProxyParts | undefined {
  const parts = captured && options.outbound === true && types.isProxy(value) ? proxyParts(value) : undefined;
  return parts === undefined || isMock(parts) ? undefined : parts;
}

/** What `vi.mock` puts in place of a module: its trap belongs to Vitest, and only complains of what a mock has not. */
function isMock({ handler }: ProxyParts): boolean {
  const get: unknown = Object.getOwnPropertyDescriptor(handler, 'get')?.value;
  return isUnderTestRunner() && typeof get === 'function' && Function.prototype.toString.call(get).includes('[vitest] No "');
}

/** The number of its special, which `remember` gives, before what is in it: that may refer to the proxy. */
export function enterProxy(
  walk: Walk & { captured: boolean },
  proxy: object,
  { target, handler }: ProxyParts,
  remember: (special: Special) => number,
): number {
  const special = { kind: 'proxy' as const, target: 0, handler: 0 };
  const index = remember(special);
  const [depth, wasCaptured] = [walk.trail.length, walk.captured];
  const trap = someTrapOf(handler);
  walk.captured = true;
  // Under those of its package it keeps what the traps look for (mobx).
  if (trap !== undefined) walk.options.noticeSymbols?.(trap, Object.getOwnPropertySymbols(target));
  walk.trail[depth] = new ProxyPart('target');
  special.target = walk.numbered(target);
  walk.trail[depth] = new ProxyPart('handler');
  special.handler = walk.numbered(handler);
  walk.trail.length = depth;
  walk.captured = wasCaptured;
  // Under a proxy, the package that made it may keep what it knows of it, in WeakMaps that its traps see (valtio).
  walk.keepsIn((trap && walk.options.privateStores?.(trap)) ?? [], proxy);
  return index;
}

function someTrapOf(handler: object): AnyFunction | undefined {
  const traps = Object.values(Object.getOwnPropertyDescriptors(handler)).map(({ value }) => value as unknown);
  return traps.find((each) => typeof each === 'function') as AnyFunction | undefined;
}
