import { closing } from './parameters.js';

/** The line to change, before and after. */
export interface Change {
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** The function that the line stands in waits for nothing yet. */
  readonly needsAsync: boolean;
}

/**
 * The first call of `name` in `source` from `line` on: where the caller begins. By the text: the profile tells who called, not where.
 *
 * @param rewrite makes the new call of its callee and its arguments; it begins with `await` or a parenthesis
 */
export function changedCall(
  source: string,
  line: number,
  name: string,
  rewrite: (callee: string, args: string) => string,
): Omit<Change, 'needsAsync'> | undefined {
  const lines = source.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const call = new RegExp(`(?<![\\w$.#])((?:[\\w$]+(?:\\?\\.|\\.))*#?${name.replaceAll('$', '\\$')})\\(`, 'g');
  call.lastIndex = from;
  for (let found = call.exec(source); found !== null; found = call.exec(source)) {
    const [text, callee = ''] = found;
    const lineStart = source.lastIndexOf('\n', found.index) + 1;
    const lineEnd = source.indexOf('\n', found.index);
    const whole = source.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
    const before = source.slice(lineStart, found.index);
    if (/(\bfunction\s*\*?|\bnew)\s*$|^\s*(\/\/|\/?\*)/.test(before) || isDefinition(source, found.index + text.length - 1)) continue;
    const open = found.index + text.length - 1;
    const args = source.slice(open + 1, closing(source, open));
    const awaited = /\bawait\s+$/.test(before) ? before.replace(/await\s+$/, '') : before;
    const rest = source.slice(closing(source, open) + 1, lineEnd === -1 ? undefined : lineEnd);
    const changed = rewrite(callee, args.trim());
    const needsParentheses = /^\s*[.[]/.test(rest) && changed.startsWith('await');
    return {
      line: source.slice(0, found.index).split('\n').length,
      before: whole.trim(),
      after: `${awaited}${needsParentheses ? `(${changed})` : changed}${args.includes('\n') ? '' : rest}`.trim(),
    };
  }
  return undefined;
}

/** A method's definition looks as a call does, but for the block behind it. */
function isDefinition(source: string, open: number): boolean {
  return /^\)\s*(:[^=;{]*)?\{/.test(source.slice(closing(source, open)));
}

/** `list(rows)` on a thread. A method takes what it is called on along. */
export function onThread(callee: string, args: string): string {
  const dot = callee.lastIndexOf('.');
  const fn = dot === -1 ? callee : `${callee}.bind(${callee.slice(0, dot).replace(/\?$/, '')})`;
  return `await runInExecutor(${[fn, args].filter(Boolean).join(', ')})`;
}
