/** Places in a text, and offsets. */

/** Counted from 0, as V8 does. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export function offsetOf(source: string, { line, column }: Place): number {
  let offset = 0;
  for (let i = 0; i < line; i++) offset = source.indexOf('\n', offset) + 1;
  return offset + column;
}

export function placeOf(source: string, offset: number): Place {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}
