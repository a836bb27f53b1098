/** Where the lines of a text begin: found once a text, since a call may lead to a thousand functions of one long bundle. */

interface Position {
  readonly line: number;
  readonly column: number;
}

/** -1 where the text has no such line. */
export function offsetOfLine(text: string, line: number): number {
  return startsOf(text)[line] ?? -1;
}

/** Both count from 0. */
export function positionAt(text: string, offset: number): Position {
  const starts = startsOf(text);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: offset - (starts[low] as number) };
}

function startsOf(text: string): readonly number[] {
  const known = last.find((each) => each.text === text);
  if (known !== undefined) return known.starts;
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  last.unshift({ text, starts });
  last.length = Math.min(last.length, MOST_TEXTS);
  return starts;
}

const last: { readonly text: string; readonly starts: readonly number[] }[] = [];
/** Functions of one file mostly come in a row. A guess. */
const MOST_TEXTS = 4;
