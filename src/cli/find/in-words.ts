import { relative } from 'node:path';
import { paint, width } from '../terminal.js';
import { wrapped } from '../wrapped.js';
import type { Judged, Summary } from './summary.js';

/** For a terminal, or a pipe. */
export function inWords(found: Summary): string {
  const { findings, elsewhere } = found;
  const parts = [headline(found), ...findings.map((finding, i) => told(finding, i + 1))];
  if (findings.some(({ twin }) => twin === undefined)) parts.push(`${paint('dim', "import { runInExecutor } from 'run-in-executor';")}`);
  if (found.loadingMs >= found.thresholdMs) parts.push(`${wrapped(`Loading modules took ${time(found.loadingMs)} of it.`, 0)}`);
  if (elsewhere.length > 0)
    parts.push(
      [
        wrapped('On other threads, where they hold up no event loop but their own:', 0),
        ...elsewhere.slice(0, MOST_ELSEWHERE).map(brief),
      ].join('\n'),
    );
  if (found.lostThreads > 0) parts.push(wrapped(`${found.lostThreads} threads or programs ended before they could say what they saw.`, 0));
  return `\n${parts.join('\n\n')}`;
}

const MOST_ELSEWHERE = 3;

function headline(found: Summary): string {
  const { stalls, stalledMs, thresholdMs, findings } = found;
  const watched = watchedFor(found);
  if (stalls === 0)
    return wrapped(
      `${watched} No turn of the event loop took ${thresholdMs} ms or longer. If there was load on it, there is nothing to offload.`,
      0,
    );
  const culprits =
    findings.length === 0 ? 'nobody did it alone' : findings.length === 1 ? 'one function did it' : `${findings.length} functions did it`;
  return paint(
    'bold',
    wrapped(
      `${watched} The event loop stalled ${times(stalls)} for ${thresholdMs} ms or longer, ${time(stalledMs)} in all; ${culprits}:`,
      0,
    ),
  );
}

export function watchedFor({ seconds, lookingSeconds }: Summary): string {
  const looked = lookingSeconds < 0.05 ? '' : `, ${lookingSeconds.toFixed(1)} s of them only for the sizes of calls`;
  return `Watched for ${seconds.toFixed(1)} s${looked}.`;
}

function told(finding: Judged, rank: number): string {
  const { name, isInline, caller, stalls, longest, total, verdict, change, twin } = finding;
  const where = `${pathOf(finding.file)}:${finding.line}`;
  const lines = [
    `${`${rank}.`.padEnd(INDENT)}${paint(['bold', 'cyan'], name)}  ${where}`,
    indented(
      `${times(stalls.length)}, ${time(total)} in all, the longest ${time(longest)}${isInline ? '; a callback of the event loop' : ''}`,
    ),
  ];
  if (caller !== undefined) lines.push(indented(`called by ${caller.name}, ${pathOf(caller.file)}:${caller.line}`));
  lines.push(indented(verdict.inWords));
  if (change !== undefined && verdict.kind !== 'not worth it' && verdict.kind !== 'not as it is') {
    const file = twin !== undefined && finding.builtin !== name ? finding.file : (caller?.file ?? finding.file);
    const becomesAsync = change.needsAsync ? ' (in a function that has to become async)' : '';
    lines.push(
      indented(`In ${pathOf(file)}, line ${change.line}${becomesAsync}:`),
      diff('-', change.before, 'red'),
      diff('+', change.after, 'green'),
    );
  }
  return lines.join('\n');
}

function brief({ name, file, line, total, stalls, threadId }: Judged): string {
  return indented(`${name}, ${pathOf(file)}:${line} (thread ${threadId}): ${times(stalls.length)}, ${time(total)}`);
}

function diff(sign: string, code: string, style: 'red' | 'green'): string {
  const room = width() - INDENT - 3;
  // On a terminal a line that runs over reads worse than one that is cut; a pipe takes all of it.
  const shown = process.stdout.isTTY && code.length > room ? `${code.slice(0, room - 1)}…` : code;
  return `${' '.repeat(INDENT)}${paint(style, `${sign} ${shown}`)}`;
}

function indented(text: string): string {
  return ' '.repeat(INDENT) + wrapped(text, INDENT);
}

const INDENT = 4;

export function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

export function time(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1_000).toFixed(2)} s`;
}

/** As one would type it from here, where that is shorter. */
export function pathOf(file: string): string {
  if (!/^([a-z]:)?[\\/]/i.test(file)) return file;
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}
