/**
 * For `vi.mock` of src/transport/own/own-globals.ts in tests that replace the clock: the globals as they are when they are used.
 */
export const setTimeout = (...args: Parameters<typeof globalThis.setTimeout>) => globalThis.setTimeout(...args);
export const clearTimeout = (timer: NodeJS.Timeout | undefined) => globalThis.clearTimeout(timer);
export const setImmediate = (run: () => void) => globalThis.setImmediate(run);
export const clearImmediate = (immediate: NodeJS.Immediate | undefined) => globalThis.clearImmediate(immediate);
export const { queueMicrotask } = globalThis;
export const { apply } = Reflect;
export const performance = { timeOrigin: globalThis.performance.timeOrigin, now: () => globalThis.performance.now() };
