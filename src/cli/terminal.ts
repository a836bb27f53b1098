/**
 * What the terminal can show. In a pipe, or under NO_COLOR, no control code is written; a width is only known on a terminal.
 */
import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** `text` in a style, where standard output shows styles. */
export function paint(style: Style | readonly Style[], text: string): string {
  return showsStyles(process.stdout) ? styled(style, text) : text;
}

/** To standard error, with the first word in red. */
export function complain(message: string): void {
  const label = 'run-in-executor:';
  process.stderr.write(`${showsStyles(process.stderr) ? styled('red', label) : label} ${message}\n`);
}

/** Columns to write in: those of the terminal, or 80 in a pipe. */
export function width(): number {
  return process.stdout.columns ?? WIDTH_OF_A_PIPE;
}

/** `hasColors` knows NO_COLOR, FORCE_COLOR, NODE_DISABLE_COLORS and TERM=dumb; a stream that is no terminal has no such method. */
function showsStyles(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && stream.hasColors();
}

/** Whether the stream shows styles was asked before: styleText would ask standard output, whichever stream is meant. */
function styled(style: Style | readonly Style[], text: string): string {
  return [style].flat().reduce((painted, each) => styleText(each, painted, { validateStream: false }), text);
}

const WIDTH_OF_A_PIPE = 80;
