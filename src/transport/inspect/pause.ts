/**
 * What V8's scopes leave out (`this`, `new.target`, private names, the name of a function expression) can be asked for inside the
 * function: it is called with a breakpoint at its entry, and ended there. Its body never runs; its parameters' defaults would, so
 * every argument is there. Generators do not stop at their entry, and nothing here may be used for them.
 *
 * With a debugger's front end attached, the pause would wait for that one to go on, for ever. Whether one is attached cannot be
 * asked, only whether the port is open: then this is refused.
 */
import type { AnyFunction } from '../any-function.js';
import { handedOver } from './handover.js';
import { lookAt } from './look.js';
import { debugging } from './scripts.js';
import { attempt, listen, post } from './session.js';

/** `expression` as `fn`, an arrow mostly, sees it; undefined if `fn` could not be stopped. Cost: 1 ms, and the debugger's price once a job. */
export function askInside(fn: AnyFunction, expression: string): { readonly value: unknown } | undefined {
  let answer: { readonly value: unknown } | undefined;
  stopInside(fn, (evaluate) => (answer = evaluate(expression)));
  return answer;
}

/** What an expression gives inside a stopped function; undefined if it throws. */
export type Evaluate = (expression: string) => { readonly value: unknown } | undefined;

/** Runs `inside` while `fn` stands at its entry; not at all if it could not be stopped. */
export function stopInside(fn: AnyFunction, inside: (evaluate: Evaluate) => void): void {
  if (mayBeWatched()) return;
  const meeting: Meeting = { fn, anything: anything(), answer: undefined };
  let isDone = false;
  const askAndEnd = (path: string, { callFrames: [frame] }: Paused): void => {
    try {
      if (!isDone && frame !== undefined) inside((expression) => evaluate(frame.callFrameId, path, expression, meeting));
    } finally {
      isDone = true;
      post('Debugger.resume', { terminateOnResume: true });
    }
  };
  debugging(() =>
    handedOver(meeting, (path) => {
      const stopListening = listen('Debugger.paused', (paused: Paused) => askAndEnd(path, paused));
      try {
        callAndStop(fn, path);
      } finally {
        stopListening();
      }
    }),
  );
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
function callAndStop(fn: AnyFunction, path: string): void {
  const { place } = lookAt(fn);
  if (place === undefined) return;
  const start = { scriptId: place.scriptId, lineNumber: place.line, columnNumber: place.column };
  const locations = possiblePlaces(start);
  const breakpoints = locations.slice(0, MOST_PLACES).map((location) => post('Debugger.setBreakpoint', { location }).breakpointId);
  if (breakpoints.length === 0) return;
  try {
    // Evaluated with a time limit, the only kind of call whose termination V8 keeps from us. It fails in any case.
    attempt('Runtime.evaluate', { expression: `${path}.fn(...${path}.anything)`, timeout: 1_000, silent: true });
  } finally {
    for (const breakpointId of breakpoints) post('Debugger.removeBreakpoint', { breakpointId });
  }
}

/** None in Node's own scripts, of which some belong to no context: a getter of `globalThis` may be met. */
function possiblePlaces(start: object): readonly object[] {
  try {
    return post('Debugger.getPossibleBreakpoints', { start, restrictToFunction: true }).locations;
  } catch {
    return [];
  }
}

/** The function may be of another context than the inspector's handles: it hands the value over by itself. */
function evaluate(callFrameId: string, path: string, expression: string, meeting: Meeting): Meeting['answer'] {
  meeting.answer = undefined;
  post('Debugger.evaluateOnCallFrame', { callFrameId, expression: `void (${path}.answer = { value: (${expression}) })`, silent: true });
  return meeting.answer;
}

/** Arguments that any parameter list takes without falling back on a default, destructured as deep as it likes. */
function anything(): unknown[] {
  const everything: unknown = new Proxy(() => everything, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive) return () => 1;
      return key === Symbol.iterator ? forever : everything;
    },
    getPrototypeOf: () => null,
  });
  function* forever(): Generator<unknown> {
    while (true) yield everything;
  }
  return new Array(MOST_PARAMETERS).fill(everything);
}

const MOST_PARAMETERS = 16;
/** In the order of the text: what is come to first is among the first, after the defaults of parameters. A guess. */
const MOST_PLACES = 64;
