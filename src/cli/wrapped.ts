import { width } from './terminal.js';

/** `text` broken at spaces to the terminal's width, all lines but the first set in by `indent` columns. */
export function wrapped(text: string, indent: number): string {
  const room = Math.max(width() - indent - 1, NARROWEST);
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= room) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** Columns; below that, lines may run over the edge. */
const NARROWEST = 24;
