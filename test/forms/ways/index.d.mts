import type { Way } from '../run-way.mjs';

export const ways: readonly Way[];
