/**
 * What stands below a command's flags: examples, and what one has to know besides. It fits the terminal.
 */
import { width } from './terminal.js';
import { wrapped } from './wrapped.js';

export interface Lessons {
  /** What to type behind `npx`, or the whole line where that begins otherwise; and why one would. */
  readonly examples: readonly (readonly [line: string, why: string])[];
  readonly exitCodes?: readonly (readonly [code: number, when: string])[];
  /** A paragraph each. */
  readonly notes: readonly string[];
}

export function lessonsInWords({ examples, exitCodes = [], notes }: Lessons): string {
  const codes = exitCodes.map(([code, when]) => `  ${String(code).padEnd(CODE)} ${wrapped(when, CODE + 3)}`);
  const parts = [
    ['Examples:', ...shown(examples)],
    ...(codes.length === 0 ? [] : [['Exit codes:', ...codes]]),
    ...(notes.length === 0 ? [] : [notes.map((note) => wrapped(note, 0))]),
  ];
  return `\n${parts.map((lines) => lines.join('\n')).join('\n\n')}`;
}

/** The reasons beside the lines, or above them where there is no room. */
function shown(examples: Lessons['examples']): string[] {
  const lines = examples.map(([line, why]) => ({ line: `$ ${/^[A-Z_]+=/.test(line) ? line : `npx run-in-executor ${line}`}`, why }));
  const longest = Math.max(...lines.map(({ line }) => line.length));
  const isBeside = lines.every(({ why }) => longest + why.length + EDGES < width());
  if (isBeside) return lines.map(({ line, why }) => `  ${line.padEnd(longest)}  # ${why}`);
  return lines.flatMap(({ line, why }) => [`  # ${why}`, ...folded(line)]);
}

/** As a shell takes it: a line goes on behind a backslash. */
function folded(line: string): string[] {
  if (line.length + 2 < width()) return [`  ${line}`];
  const lines: string[] = [];
  for (const part of line.split(/ (?=--?[a-z]|npx )/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + EDGES < width()) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(`${lines.length === 0 ? '  ' : '      '}${part}`);
  }
  return lines.map((part, at) => (at < lines.length - 1 ? `${part} \\` : part));
}

/** Two blanks before, two and a `# ` between. */
const EDGES = 6;

/** Columns. */
const CODE = 4;
