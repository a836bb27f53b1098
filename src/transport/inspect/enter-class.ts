/**
 * The inside of a class, where its private names mean something: code that is evaluated there may use them.
 *
 * A class that came by value was given an entry: a function in its text, which evaluates. Of one that a module exports, a breakpoint's
 * condition makes such a function: it is evaluated inside of a method, at its first statement, and ends the call there. None of the
 * method's statements runs, nor anything of the class's state changes. See values/inside-classes.ts.
 */
import type { AnyFunction } from '../any-function.js';
import { anything } from './anything.js';
import { handOver, MEETING_PLACE } from './handover.js';
import { placeOf } from './look.js';
import { MOST_TIME, possiblePlaces } from './pause.js';
import { debugging, stopDebugging } from './scripts.js';
import { attempt, inspectorAvailable, post } from './session.js';

export type Evaluate = (code: string) => unknown;

export interface Inside {
  readonly evaluate: Evaluate;
  /** Variables of a method of the class are in sight. */
  readonly isForeign: boolean;
}

/** Of a class that came by value. */
export function canEnter(type: AnyFunction, evaluate: Evaluate): void {
  entered.set(type, { evaluate, isForeign: false });
}

/** Undefined of other classes. */
export function entryOf(type: AnyFunction): Evaluate | undefined {
  const inside = entered.get(type);
  return inside?.isForeign === false ? inside.evaluate : undefined;
}

/** `name`: a private one that means something there. Undefined where there is no way in. Cost: of a class that a module exports 5 to 100 ms, once a thread. */
export function insideOf(type: AnyFunction, name: string): Inside | undefined {
  let inside = entered.get(type);
  if (inside === undefined && inspectorAvailable()) {
    const evaluate = visit(type, name);
    inside = evaluate && { evaluate, isForeign: true };
    if (inside !== undefined) entered.set(type, inside);
  }
  return inside;
}

function visit(type: AnyFunction, name: string): Evaluate | undefined {
  debugging(() => undefined);
  try {
    for (const member of [...membersOf(type), type, ...arrowsOfInstance(type)]) {
      const evaluate = evaluatorIn(member);
      if (evaluate !== undefined && isInside(evaluate, name)) return evaluate;
    }
    return undefined;
  } finally {
    stopDebugging();
  }
}

/** Whose text is elsewhere, as that of a decorator's, does not know the name. */
function isInside(evaluate: Evaluate, name: string): boolean {
  try {
    evaluate(`(o)=>#${name} in o`);
    return true;
  } catch {
    return false;
  }
}

/** Methods, static ones too, and accessors. */
export function* membersOf(type: AnyFunction): Generator<AnyFunction> {
  for (const holder of [type.prototype as object, type]) {
    for (const key of Reflect.ownKeys(holder)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
      for (const each of [value, get, set] as unknown[]) if (typeof each === 'function' && each !== type) yield each as AnyFunction;
    }
  }
}

/** Of a class that has nothing else: no constructor, no method, and no class that it extends. */
function* arrowsOfInstance(type: AnyFunction): Generator<AnyFunction> {
  if (Object.getPrototypeOf(type) !== Function.prototype) return;
  let instance: unknown;
  try {
    instance = Reflect.construct(type, []);
  } catch {
    return;
  }
  if (typeof instance === 'object' && instance !== null) yield* arrowsIn(type, instance);
}

/** What the initialisers of its fields have made in the text of the class. */
export function* arrowsIn(type: AnyFunction, instance: object): Generator<AnyFunction> {
  const text = Function.prototype.toString.call(type);
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(instance)) as { value?: unknown }[]) {
    const own = typeof value === 'function' ? Function.prototype.toString.call(value) : '';
    if (own.includes('this') && text.includes(own)) yield value as AnyFunction;
  }
}

function evaluatorIn(member: AnyFunction): Evaluate | undefined {
  const place = placeOf(member);
  if (place === undefined || /Generator/.test(Object.prototype.toString.call(member))) return undefined;
  const condition = `${MEETING_PLACE}.take(function(){return eval(arguments[0])})`;
  const places = possiblePlaces({ scriptId: place.scriptId, lineNumber: place.line, columnNumber: place.column }).slice(0, MOST_PLACES);
  const breakpoints = places.map((location) => post('Debugger.setBreakpoint', { location, condition }).breakpointId);
  let found: Evaluate | undefined;
  const take = (evaluate: Evaluate): boolean => {
    found ??= evaluate;
    attempt('Runtime.terminateExecution', {});
    return false;
  };
  const takeBack = handOver({ call: () => callUp(member), take });
  try {
    // With a time limit, for a call whose end V8 keeps from us: see inspect/pause.ts.
    attempt('Runtime.evaluate', { expression: `${MEETING_PLACE}.call()`, timeout: MOST_TIME, silent: true });
  } finally {
    takeBack();
    for (const breakpointId of breakpoints) post('Debugger.removeBreakpoint', { breakpointId });
  }
  return found;
}

function callUp(member: AnyFunction): unknown {
  return /^class\b/.test(Function.prototype.toString.call(member))
    ? (Reflect.construct(member, anything()) as unknown)
    : (Reflect.apply(member, undefined, anything()) as unknown);
}

const entered = new WeakMap<AnyFunction, Inside>();
/** What is come to first is among the first, after the defaults of parameters. A guess. */
const MOST_PLACES = 64;
