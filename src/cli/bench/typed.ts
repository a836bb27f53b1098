/** What is to be typed, within a line on what to try next: a flag, and its value where it stands there. */
const TYPED = /(--[\w-]+(?: '[^']*'| \d+(?:\.\.\d+)?)?)/;

/** The line, with what is to be typed made to look so; `plain` is told of the rest. */
export function typed(next: string, mark: (code: string) => string, plain: (words: string) => string = String): string {
  return next
    .split(TYPED)
    .map((piece, at) => (at % 2 === 1 ? mark(piece) : plain(piece)))
    .join('');
}
