import type { Way } from '../run-way.mjs';

export const runtimes: readonly Way[];
