import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counted } from '../../benchmark/figures.js';
import { exitCodes } from '../exit-codes.js';
import { refuseUnwritable } from '../output-file.js';
import { runPreloaded } from '../preloaded.js';
import { Refusal } from '../refusal.js';
import { complain } from '../terminal.js';
import { ASSIGNMENT, type Assignment, type Part } from './assignment.js';
import type { TraceFlags } from './flags.js';

/** Runs the program, and makes one picture of what all its processes drew. */
export async function trace(words: readonly string[], { out, seconds, tasks: mostTasks }: TraceFlags): Promise<void> {
  refuseUnwritable('--out', out);
  const folder = mkdtempSync(join(tmpdir(), 'run-in-executor-trace-'));
  try {
    const assignment: Assignment = { folder, origin: performance.timeOrigin + performance.now(), seconds, mostTasks };
    const env = { [ASSIGNMENT]: JSON.stringify(assignment) };
    const succeeded = await runPreloaded(words, { preload: 'trace/preload.cjs', env, seconds });
    const files = readdirSync(folder).filter((each) => each.endsWith('.json'));
    if (files.length === 0) throw nothing(folder);
    const parts = write(out, folder, files, assignment.origin);
    process.stderr.write(
      `${out}: ${inWords(parts)}\nOpen it in https://ui.perfetto.dev, or in the Performance panel of Chrome's DevTools.\n`,
    );
    if (!succeeded) process.exitCode = exitCodes.failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Text by text: a picture of many processes need not fit into one string. */
function write(out: string, folder: string, files: readonly string[], origin: number): Part[] {
  const parts: Part[] = [];
  writeFileSync(out, '{"traceEvents":[\n');
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const head = text.indexOf('\n');
    appendFileSync(out, `${parts.length > 0 ? ',\n' : ''}${text.slice(head + 1).replaceAll('\n', ',\n')}`);
    parts.push(JSON.parse(text.slice(0, head)) as Part);
  }
  const otherData = { startedAt: new Date(origin).toISOString(), droppedTasks: sum(parts, ({ dropped }) => dropped) };
  appendFileSync(out, `\n],"displayTimeUnit":"ms",${JSON.stringify({ otherData }).slice(1)}\n`);
  return parts;
}

function nothing(folder: string): Refusal {
  if (readdirSync(folder).length === 0) return new Refusal('no Node was started by that program, or one that takes no NODE_OPTIONS');
  return new Refusal('no executor was asked to run anything, or the program was killed before it could tell', { exitCode: exitCodes.no });
}

/** `1,200 tasks of pool and reports on 6 threads`. */
function inWords(parts: readonly Part[]): string {
  const executors = [...new Set(parts.flatMap((part) => part.executors))];
  const named = executors.length > MOST_NAMED ? `${executors.length} executors` : executors.join(' and ');
  const dropped = sum(parts, (part) => part.dropped);
  if (dropped > 0) complain(`${counted(dropped, 'task')} more came after those that are drawn; --tasks draws more`);
  const processes = parts.length > 1 ? `, in ${parts.length} processes` : '';
  const [tasks, threads] = [sum(parts, (part) => part.tasks), sum(parts, (part) => part.threads)];
  return `${counted(tasks, 'task')} of ${named} on ${counted(threads, 'thread')}${processes}`;
}

function sum(parts: readonly Part[], of: (part: Part) => number): number {
  return parts.reduce((total, part) => total + of(part), 0);
}

/** Of more executors than these the names are no help. */
const MOST_NAMED = 4;
