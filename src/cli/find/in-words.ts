import { relative } from 'node:path';
import { paint, width } from '../terminal.js';
import { wrapped } from '../wrapped.js';
import type { Change } from './call-site.js';
import type { Judged, Summary } from './summary.js';

/** For a terminal, or a pipe. */
export function inWords(found: Summary): string {
  const { findings, elsewhere } = found;
  const parts = [headline(found), ...findings.map((finding, i) => told(finding, i + 1))];
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
    findings.length === 0
      ? 'no function did it alone.'
      : findings.length === 1
        ? 'one function did it:'
        : `${findings.length} functions did it:`;
  return paint(
    'bold',
    wrapped(
      `${watched} The event loop stalled ${times(stalls)} for ${thresholdMs} ms or longer, ${time(stalledMs)} in all; ${culprits}`,
      0,
    ),
  );
}

export function watchedFor({ seconds, lookingSeconds }: Summary): string {
  const looked = lookingSeconds < 0.05 ? '' : `, ${lookingSeconds.toFixed(1)} s of them only for the sizes of calls`;
  return `Watched for ${seconds.toFixed(1)} s${looked}.`;
}

function told(finding: Judged, rank: number): string {
  const { name, isInline, caller, stalls, longest, total, verdict, change } = finding;
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
    lines.push(indented(`In ${placeIn(change)}:`), ...diffOf(change).map(painted));
  }
  return lines.join('\n');
}

function brief({ name, file, line, total, stalls, threadId }: Judged): string {
  return indented(`${name}, ${pathOf(file)}:${line} (thread ${threadId}): ${times(stalls.length)}, ${time(total)}`);
}

/** `a.mjs, line 5 (and 9), in a function that has to become async` */
export function placeIn({ file, line, also, within }: Change): string {
  const others = also.length === 0 ? '' : ` (and ${also.join(', ')})`;
  return `${pathOf(file)}, line ${line}${others}${within === undefined ? '' : `, in ${within}`}`;
}

/** What to add, to take away and to leave: `+ …`, `- …`. Of a call of many lines, those that change. */
export function diffOf({ before, after, imports }: Change): string[] {
  const [from, to] = [before.split('\n'), after.split('\n')];
  const head = imports.map((line) => `+ ${line}`);
  if (from.length === 1 || from.length !== to.length)
    return [...head, ...from.map((line) => `- ${line}`), ...to.map((line) => `+ ${line}`)];
  const lines = from.flatMap((line, at) => (line === to[at] ? ['  …'] : [`- ${line}`, `+ ${to[at]}`]));
  return [...head, ...lines.filter((line, at) => line !== '  …' || (lines[at - 1] !== '  …' && at < lines.length - 1))];
}

function painted(line: string): string {
  const room = width() - INDENT - 1;
  // On a terminal a line that runs over reads worse than one that is cut; a pipe takes all of it.
  const shown = process.stdout.isTTY && line.length > room ? `${line.slice(0, room - 1)}…` : line;
  return ' '.repeat(INDENT) + (line.startsWith('-') ? paint('red', shown) : line.startsWith('+') ? paint('green', shown) : shown);
}

function indented(text: string): string {
  return ' '.repeat(INDENT) + wrapped(text, INDENT);
}

const INDENT = 4;

export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
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
