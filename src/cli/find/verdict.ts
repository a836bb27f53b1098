import { bytes } from '../../benchmark/figures.js';
import type { Finding } from './analysis.js';
import type { Weight } from './recording.js';

/** Whether a thread is the answer. */
export interface Verdict {
  readonly kind: 'twin' | 'worth it' | 'worth little' | 'not worth it' | 'not as it is' | 'unknown';
  readonly inWords: string;
}

/** @param unprobed why no call of the program was looked into; undefined if some were */
export function verdictOf(finding: Finding, unprobed: string | undefined): Verdict {
  const { builtin, twin, isInline, name, probe } = finding;
  if (twin !== undefined) {
    const share = builtin === name ? 'It' : `Most of it is ${builtin}, which`;
    return { kind: 'twin', inWords: `${share} has an asynchronous twin that blocks nothing: ${twin.name} of ${twin.module}.` };
  }
  if (isInline) {
    return {
      kind: 'not as it is',
      inWords: 'The work stands in the callback itself: move it into a function that takes and returns plain data, and send that.',
    };
  }
  const bound = probe?.arguments.find(({ problem }) => problem !== undefined)?.problem;
  if (bound === 'a function')
    return { kind: 'unknown', inWords: 'It takes a function, which would travel by itself: explain(fn) says how, and how large it is.' };
  if (bound !== undefined) {
    return {
      kind: 'not as it is',
      inWords: `An argument is ${bound}, which cannot be copied: move the work into a function that takes plain data.`,
    };
  }
  if (probe === undefined || probe.arguments.length === 0 || probe.results.length === 0) {
    return {
      kind: 'unknown',
      inWords: `What it takes and returns was not seen (${unprobed ?? 'it was not called while calls were looked into'}), so whether copying would eat the gain is not known.`,
    };
  }
  return weighed(finding, probe.arguments, probe.results);
}

/** Written and read once each way, as measured in the program: half of that would be the event loop's, half the thread's. */
function weighed({ total, stalls }: Finding, args: readonly Weight[], results: readonly Weight[]): Verdict {
  const problem = results.find((result) => result.problem !== undefined)?.problem;
  if (problem !== undefined)
    return { kind: 'not as it is', inWords: `Its result is ${problem}, which cannot be copied: let it return plain data.` };
  const copying = (middle(args.map(({ micros }) => micros)) + middle(results.map(({ micros }) => micros))) / 1_000;
  const work = total / stalls.length;
  const sizes = `${bytes(middle(args.map((each) => each.bytes)))} there, ${bytes(middle(results.map((each) => each.bytes)))} back`;
  const price = `copying (${sizes}) takes about ${copying.toFixed(copying < 10 ? 1 : 0)} ms of its ${work.toFixed(0)}`;
  if (copying < work * LITTLE) return { kind: 'worth it', inWords: `Worth a thread: ${price}.` };
  if (copying < work * MUCH) return { kind: 'worth little', inWords: `A thread gains something: ${price}. Send less, or transfer() it.` };
  return { kind: 'not worth it', inWords: `Copying would eat the gain: ${price}. Send less, transfer() it, or do the work in pieces.` };
}

/** Shares of the work. The loop pays half of the copying, so that at the upper one a quarter to a half of the stall remains. */
const LITTLE = 0.2;
const MUCH = 0.7;

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? 0;
}
