/**
 * What V8's scopes leave out (`this`, `new.target`, private names, the name of a function expression) can be asked for inside the
 * function: it is called with a breakpoint at its entry, and ended there. Its body never runs; its parameters' defaults would, so
 * every argument is there. Generators do not stop at their entry, and nothing here may be used for them.
 *
 * With a debugger's front end attached, the pause would wait for that one to go on, for ever. Whether one is attached cannot be
 * asked, only whether the port is open: then this is refused.
 */
import type { AnyFunction } from '../any-function.js';
import { anything } from './anything.js';
import { handOver, MEETING_PLACE } from './handover.js';
import { placeOf } from './look.js';
import { debugging } from './scripts.js';
import { attempt, type BreakLocation, listen, post } from './session.js';

/** Expressions as `fn`, an arrow mostly, sees them; those that have an answer. Cost: 1 ms and 50 µs a call on the stack, and the debugger's price once a job. */
export function askInside(fn: AnyFunction, expressions: readonly string[]): ReadonlyMap<string, unknown> {
  const answers = new Map<string, unknown>();
  stopInside(fn, (evaluate) => {
    for (const expression of expressions) {
      const answer = evaluate(expression);
      if (answer !== undefined) answers.set(expression, answer.value);
    }
  });
  return answers;
}

/** What an expression gives inside a stopped function; undefined if it throws. */
export type Evaluate = (expression: string) => { readonly value: unknown } | undefined;

/**
 * Runs `inside` while `fn` stands at its entry; not at all if it could not be stopped. Few calls deep, since the inspector tells of each
 * on the stack with all the scopes that it has.
 */
export function stopInside(fn: AnyFunction, inside: (evaluate: Evaluate) => void): void {
  if (mayBeWatched()) return;
  const meeting: Meeting = { fn, anything: anything(), answer: undefined };
  let isDone = false;
  const askAndEnd = ({ callFrames: [frame] }: Paused): void => {
    try {
      if (!isDone && frame !== undefined) inside((expression) => evaluate(frame.callFrameId, expression, meeting));
    } finally {
      isDone = true;
      post('Debugger.resume', { terminateOnResume: true });
    }
  };
  debugging(() => undefined);
  const breakpoints = breakpointsIn(fn);
  if (breakpoints.length === 0) return;
  const stopListening = listen('Debugger.paused', askAndEnd);
  const takeBack = handOver(meeting);
  try {
    // Evaluated with a time limit, the only kind of call whose termination V8 keeps from us. It fails in any case.
    attempt('Runtime.evaluate', { expression: `${MEETING_PLACE}.fn(...${MEETING_PLACE}.anything)`, timeout: MOST_TIME, silent: true });
  } finally {
    takeBack();
    stopListening();
    for (const breakpointId of breakpoints) post('Debugger.removeBreakpoint', { breakpointId });
  }
}

/** Whether a debugger's front end could be attached to this process. */
export function mayBeWatched(): boolean {
  return process.getBuiltinModule('node:inspector').url() !== undefined;
}

interface Paused {
  readonly callFrames: readonly { readonly callFrameId: string }[];
}

/** What evaluated code finds. */
interface Meeting {
  readonly fn: AnyFunction;
  readonly anything: unknown[];
  answer: { readonly value: unknown } | undefined;
}

/**
 * At the first place that it comes to, wherever that is: `setBreakpointOnFunctionCall` chooses one place, and in an async function with
 * an `await` in its first statement and a `try` after it, that is one which comes later. The body would run.
 */
function breakpointsIn(fn: AnyFunction): readonly string[] {
  const place = placeOf(fn);
  if (place === undefined) return [];
  const locations = possiblePlaces({ scriptId: place.scriptId, lineNumber: place.line, columnNumber: place.column });
  // Those of calls, and that of the end, have a type. What is come to first is in the first statement, whose head may have two of them (`for … of`).
  const third = locations.filter(({ type }) => type === undefined)[2];
  const first = third === undefined ? locations : locations.slice(0, locations.indexOf(third) + 1);
  return first.slice(0, MOST_PLACES).map((location) => post('Debugger.setBreakpoint', { location }).breakpointId);
}

/** None in Node's own scripts, of which some belong to no context: a getter of `globalThis` may be met. */
export function possiblePlaces(start: object): readonly BreakLocation[] {
  try {
    return post('Debugger.getPossibleBreakpoints', { start, restrictToFunction: true }).locations;
  } catch {
    return [];
  }
}

/** The function may be of another context than the inspector's handles: it hands the value over by itself. */
function evaluate(callFrameId: string, expression: string, meeting: Meeting): Meeting['answer'] {
  meeting.answer = undefined;
  const handingOver = `void (${MEETING_PLACE}.answer = { value: (${expression}) })`;
  post('Debugger.evaluateOnCallFrame', { callFrameId, expression: handingOver, silent: true });
  return meeting.answer;
}

/**
 * In ms. The clock goes on while the function stands, and at the end V8 ends whatever runs, without its `finally`: a mark would stay in a
 * variable, and the body would run. One second was too short on a busy machine. Whatever takes its parameters comes to its entry at once.
 */
export const MOST_TIME = 60_000;
/** In the order of the text: what is come to first is among the first, after the defaults of parameters. A guess. */
const MOST_PLACES = 64;
