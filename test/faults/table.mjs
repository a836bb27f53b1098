/**
 * Writes docs/guarantees.md from the list of faults, so that the page cannot say what no test shows.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { faults, groups } from './list.mjs';
import { cells } from './matrix/cells.mjs';

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL('../../docs/guarantees.md', import.meta.url), guarantees());

export function guarantees() {
  return `# What happens when something fails?

Every promise settles, rightly and once, whatever tasks, threads and callers do. First what that means, then ${faults.length} faults, and what comes of each: ${[...groups.map(({ group }) => group), 'The same faults on other pools'].map(linkTo).join(' · ')}

## What is promised

- *Exactly one outcome.* The promise of a call settles once. No result is lost because a later call hangs, exits or is aborted.
- *At most one start.* A task starts once at most; with \`retries: n\`, once more for each time that its thread died under it, ${'`n`'} times at most.
  What threw is not run again, nor what transferred its arguments.
- *The limit.* Never more than \`maxThreads\` tasks run at once, whatever is sent ahead.
- *Order.* Higher priorities start first; equal ones start in the order of their calls. At a limit of 1 that is the order of their ends too.
- *One thread, one victim.* A thread that dies takes the task that ran on it with it, and no other. What waits runs elsewhere; a new thread takes the place.
- *Snapshot.* Arguments are as they were at the call.
- *Nothing left.* After \`close()\` there are no threads, ports, timers and listeners of the executor.

## What is not promised

- *Exactly once.* A task whose thread died under it may have done half its work. Without \`retries\` it is not run again; with them, it must bear that.
- *A sandbox.* Later tasks of a thread meet what one leaves on \`globalThis\`, in modules, in timers. And a task can exhaust the memory of the process, or crash it in native code.
- *That a full heap is only the task's.* A heap that fills step by step is. A single allocation that passes the limit by more than some 16 MiB (a huge array, a \`Map\` that
  doubles) ends the whole process, as in any worker of Node's; under Node 24.21 so does a heap that large arrays fill step by step. Where that can happen, run the work in a process of its own.
- *Interruption of native code.* An aborted task's promise rejects at once; a thread inside \`pbkdf2Sync\` or \`execFileSync\` ends when that returns, and its place is free only then.
- *The end of every loop.* In Node 24 and 26 V8 makes some loops around arrays of a constant length, \`for (;;) rows = new Array(1000).fill(0)\`, into what nothing stops: no abort, no time-out,
  no heap limit, not even \`process.exit()\`. Under \`node --no-turboshaft-loop-unrolling\` it does not.
- *A call that has just been handed to a thread that dies on its own*, of something an earlier task left behind, rejects with \`ThreadExitedError\` without having started; with \`retries\` it runs elsewhere.

## How it is tested

Each row of the tables below is a test of its own (\`test/faults/\`), played among calls that do nothing wrong, and the page is written from these tests (\`node test/faults/table.mjs\`).
Besides, \`npm run test:matrix\` plays ${cells().length.toLocaleString('en')} combinations of a fault, a way to call (\`run\`, \`map\`, \`stream\`, \`wrap\`, callbacks, limits …) and a state in which it strikes (alone, in a burst, while the executor closes or is resized, with retries, aborts …).

${groups.map(section).join('\n')}
${peers()}`;
}

/** Measured by `npm run bench:faults`. */
function peers() {
  const { node, faults, counts, plays } = JSON.parse(readFileSync(new URL('peers/results.json', import.meta.url), 'utf8'));
  const names = Object.keys(counts);
  const gradeOf = (fault, peer) => plays.find((play) => play.fault === fault && play.peer === peer).grade;
  const differing = [...new Set(plays.map(({ fault }) => fault))].filter((fault) =>
    names.some((peer) => !['handled', 'not offered'].includes(gradeOf(fault, peer))),
  );
  const row = (peer) => {
    const { handled, blurred, wrong, hangs, crashes, 'not offered': not } = counts[peer];
    return `| ${peer} | ${faults - not} | ${handled} | ${blurred} | ${wrong} | ${hangs} | ${crashes} |\n`;
  };
  return `## The same faults on other pools

\`npm run bench:faults\` plays the list on other pools too, each fault as their own idiom has it and in a process of its own (${faults} faults, Node ${node}; this library handles all of them).
*Expressible* are those that ask for nothing that the pool does not offer. *Handled*: the call gets its result or a clear error, whatever the error is called, the others finish, nothing hangs.
*Blurred*: the same, but the error is useless or has lost its class, code or value. *Wrong*: a wrong result, no error where one is due, others harmed.

| | expressible | handled | blurred | wrong | hangs | crashes |
|---|---|---|---|---|---|---|
${names.map(row).join('')}
| Fault | ${names.join(' | ')} |
|---|${names.map(() => '---|').join('')}
${differing.map((fault) => `| ${fault} | ${names.map((peer) => gradeOf(fault, peer)).join(' | ')} |\n`).join('')}`;
}

function linkTo(heading) {
  return `[${heading}](#${heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 ]/g, '')
    .replaceAll(' ', '-')})`;
}

function section({ group, faults }) {
  return `## ${group}

| Fault | Its caller gets | The others |
|---|---|---|
${faults.map((fault) => `| ${fault.fault} | ${outcome(fault)} | ${othersOf(fault)} |\n`).join('')}`;
}

function outcome({ gets, warns }) {
  const told = warns !== undefined && typeof gets !== 'string' ? '; the process is warned' : '';
  if (typeof gets === 'string') return gets;
  if (!('error' in gets)) return `${typeof gets.value === 'string' ? 'its result' : `its result`}${told}`;
  if (typeof gets.error !== 'string') return `what was thrown, as it is${told}`;
  const details = [
    gets.code !== undefined && typeof gets.code === 'string' ? `\`${gets.code}\`` : undefined,
    gets.exitCode != null ? `exitCode ${gets.exitCode}` : undefined,
    gets.path !== undefined ? `path \`${gets.path}\`` : undefined,
    gets.cause !== undefined ? 'with its `cause`' : undefined,
  ].filter((detail) => detail !== undefined);
  return `\`${gets.error}\`${details.length > 0 ? ` (${details.join(', ')})` : ''}${told}`;
}

function othersOf({ others, options }) {
  if (options === 'none' || others === null) return 'see the fault';
  if (others === undefined) return 'finish';
  return `\`${others.error}\` too`;
}
