/**
 * Which sizes to measure when nobody says.
 */
import { BLOCKS } from './kind.js';
import type { Machine } from './machine.js';

/** For a function that computes, around the number of processors; for one that blocks, far beyond. */
export function sizesFor(computing: number | undefined, { limit }: Machine): number[] {
  if (computing !== undefined && computing < BLOCKS) return [...new Set([...WAITING, Math.max(1, Math.round(limit))])].sort(ascending);
  const most = Math.max(LEAST, Math.round(2 * limit));
  const shares = [0.25, 0.5, 0.75, 1, 1.5, 2].map((share) => Math.round(share * limit));
  const sizes = [...new Set([1, 2, 3, LEAST, ...shares])].filter((size) => size >= 1 && size <= most).sort(ascending);
  return sizes.length <= MOST_SIZES ? sizes : sizes.filter((size) => size !== 3);
}

/** The fitted curve has three unknowns. */
const LEAST = 4;
const MOST_SIZES = 8;

const WAITING: readonly number[] = [1, 2, 4, 8, 16, 32];

function ascending(a: number, b: number): number {
  return a - b;
}
