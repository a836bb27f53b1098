import type { Line, Way } from './run-way.mjs';

interface Result {
  readonly way: string;
  readonly node: string;
  readonly lines: readonly Line[];
}

export function table(results: readonly Result[], ways: readonly Way[], nodes: readonly string[]): string;
