import { exitCodes } from '../exit-codes.js';
import { paint } from '../terminal.js';
import { wrapped } from '../wrapped.js';
import { cores } from './cores.js';
import type { Finding } from './finding.js';
import { inspector, node } from './runtime.js';
import { trials } from './trials.js';

/** Prints each finding as soon as it is there: the trials take a moment. */
export async function examine({ json, threads }: { json?: true; threads: number }): Promise<void> {
  const findings: Finding[] = [];
  const add = (finding: Finding): void => {
    findings.push(finding);
    if (!json) console.log(inWords(finding));
  };
  for (const look of [node, inspector, cores]) add(look());
  for await (const finding of trials(threads)) add(finding);
  const faults = findings.filter(({ state }) => state === 'fault');
  if (json) console.log(JSON.stringify({ healthy: faults.length === 0, findings }, undefined, 2));
  else console.log(faults.length === 0 ? '\nThreads run here as they should.' : `\n${faults.length} of ${findings.length} fail.`);
  if (faults.length > 0) process.exitCode = exitCodes.no;
}

function inWords({ what, state, found, wayOut }: Finding): string {
  const [word, style] = states[state];
  const lines = wrapped(wayOut === undefined ? found : `${found}: ${wayOut}`, INDENT);
  return `${paint(style, word)} ${paint('bold', what.padEnd(INDENT - 6))} ${lines}`;
}

/** Columns before the findings: the state, the longest name, and a space behind each. */
const INDENT = 18;

const states = { ok: ['ok  ', 'green'], note: ['note', 'yellow'], fault: ['FAIL', 'red'] } as const;
