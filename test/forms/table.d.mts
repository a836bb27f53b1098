import type { Line, Way } from './run-way.mjs';

export function table(
  results: readonly { way: string; node: string; lines: readonly Line[] }[],
  ways: readonly Way[],
  nodes: readonly string[],
): string;
