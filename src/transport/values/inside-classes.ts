/**
 * Private `#names`, where the values of an instance have come from another thread. Nothing outside of a class can put them on an object:
 * neither its fields nor values into these.
 *
 * So the class does it itself. A breakpoint's condition is evaluated inside the function that it stands in, at once, without a pause: one
 * at the entry of a constructor sees the new instance, which has its fields by then, and can make a function that assigns to them. It
 * takes both and ends the call there: no statement of the constructor runs, but for those before `super()`; the initialisers of fields do.
 * A class that extends another is lent a parent meanwhile, which gives back the object that is to have the fields.
 */
import { ValueNotSendableError } from '../../errors.js';
import type { AnyFunction } from '../any-function.js';
import { anything } from '../inspect/anything.js';
import { arrowsIn, entryOf, membersOf } from '../inspect/enter-class.js';
import { handOver, MEETING_PLACE } from '../inspect/handover.js';
import { placeOf } from '../inspect/look.js';
import { MOST_TIME, possiblePlaces } from '../inspect/pause.js';
import { debugging, stopDebugging } from '../inspect/scripts.js';
import { attempt, post } from '../inspect/session.js';
import type { PrivateNames, PrivateState } from '../packed.js';

export interface Made {
  readonly instance: object;
  /** Class by class, as the state has them. */
  readonly put: (values: readonly (readonly unknown[])[]) => void;
}

type Put = (instance: object, values: readonly unknown[]) => boolean;

/** Some visits, for which the debugger is enabled at most once; `leave` disables it. */
export class InsideClasses {
  readonly #breakpoints: string[] = [];
  readonly #stopped = new Set<AnyFunction>();

  /**
   * An instance with that prototype and all private names; `on`: not a new one, but this object. Throws ValueNotSendableError where a class
   * cannot be brought to make it.
   */
  make(prototype: object, state: PrivateState, on?: object): Made {
    if (on !== undefined) return this.#made(prototype, state, on);
    let spare = spares.get(prototype);
    if (spare === undefined) {
      spare = { made: [], next: FIRST_SPARE };
      spares.set(prototype, spare);
    }
    const made = spare.made.pop();
    if (made !== undefined) return made;
    for (let i = 0; i < spare.next; i++) spare.made.push(this.#made(prototype, state));
    spare.next = Math.min(2 * spare.next, MOST_SPARE);
    return this.#made(prototype, state);
  }

  leave(): void {
    if (this.#stopped.size === 0) return;
    for (const breakpointId of this.#breakpoints) post('Debugger.removeBreakpoint', { breakpointId });
    stopDebugging();
  }

  #made(prototype: object, state: PrivateState, on?: object): Made {
    let instance = on;
    const puts: Put[] = [];
    for (const { depth, names } of state) {
      const type = classAt(prototype, depth);
      instance = names.isRoot
        ? this.#enter(type, names, classAt(prototype, 0))
        : this.#extend(type, names, instance ?? (Object.create(prototype) as object));
      puts.push(putters.get(type) ?? this.#putterOf(type, names, instance));
    }
    return { instance: instance as object, put: (values) => putEach(instance as object, puts, values, state) };
  }

  /** The class that the fields are of is lent a parent. */
  #extend(type: AnyFunction, names: PrivateNames, object: object): object {
    const parent: unknown = Object.getPrototypeOf(type);
    const visit: Visit = { isReady: false };
    // biome-ignore lint/complexity/useArrowFunction: an arrow is no constructor
    const lent = function (): object {
      visit.isReady = true;
      return object;
    };
    Object.setPrototypeOf(type, lent);
    try {
      return this.#enter(type, names, type, visit);
    } finally {
      Object.setPrototypeOf(type, parent as object | null);
    }
  }

  #enter(type: AnyFunction, names: PrivateNames, newTarget: AnyFunction, visit: Visit = { isReady: true }): object {
    if (!names.isWritten) return Reflect.construct(type, [], newTarget) as object;
    this.#visit(type, names, visit, () => Reflect.construct(type, anything(), newTarget) as unknown);
    const { instance, put } = visit.found ?? {};
    if (typeof instance !== 'object' || instance === null)
      throw refusal(type, 'its constructor does not come so far without its arguments');
    putters.set(type, put as Put);
    return instance;
  }

  /** Of a class without a constructor of its own: made at the entry of a method, or of an arrow in a field. */
  #putterOf(type: AnyFunction, names: PrivateNames, instance: object): Put {
    const own = entryOf(type)?.(putter(names)) as Put | undefined;
    if (own !== undefined) {
      putters.set(type, own);
      return own;
    }
    for (const method of [...membersOf(type), ...arrowsIn(type, instance)]) {
      const visit: Visit = { isReady: true };
      this.#visit(method, names, visit, () => Reflect.apply(method, undefined, anything()) as unknown);
      if (visit.found === undefined) continue;
      putters.set(type, visit.found.put);
      return visit.found.put;
    }
    throw refusal(type, 'it has no method that could put it on');
  }

  /** Calls `fn` by `call`, as far as the first statement at which the visit is ready. */
  #visit(fn: AnyFunction, names: PrivateNames, visit: Visit, call: () => unknown): void {
    debugging(() => undefined);
    if (!this.#stopped.has(fn)) this.#breakpoints.push(...breakpointsIn(fn, names));
    this.#stopped.add(fn);
    const take: Meeting['take'] = (self, put) => {
      if (!visit.isReady || visit.found !== undefined) return false;
      visit.found = { instance: self(), put };
      attempt('Runtime.terminateExecution', {});
      return false;
    };
    const meeting: Meeting = { call, take };
    const takeBack = handOver(meeting);
    try {
      // With a time limit, for a call whose end V8 keeps from us: see inspect/pause.ts.
      attempt('Runtime.evaluate', { expression: `${MEETING_PLACE}.call()`, timeout: MOST_TIME, silent: true });
    } finally {
      takeBack();
    }
  }
}

interface Visit {
  isReady: boolean;
  found?: { readonly instance: unknown; readonly put: Put };
}

/** What evaluated code finds. */
interface Meeting {
  readonly call: () => unknown;
  readonly take: (self: () => unknown, put: Put) => boolean;
}

function breakpointsIn(fn: AnyFunction, names: PrivateNames): readonly string[] {
  const place = placeOf(fn);
  if (place === undefined) return [];
  const condition = `${MEETING_PLACE}.take(()=>this,${putter(names)})`;
  const places = possiblePlaces({ scriptId: place.scriptId, lineNumber: place.line, columnNumber: place.column });
  return places.slice(0, MOST_PLACES).map((location) => post('Debugger.setBreakpoint', { location, condition }).breakpointId);
}

/** Throws, or answers false, where the class has not put its names on the object. */
function putter({ fields, members }: PrivateNames): string {
  const assignments = fields.map((name, i) => `o.#${name}=v[${String(i)}];`).join('');
  const checks = members.map((name) => `#${name} in o`).join('&&');
  return `(o,v)=>{${assignments}return ${checks || 'true'}}`;
}

function putEach(instance: object, puts: readonly Put[], values: readonly (readonly unknown[])[], state: PrivateState): void {
  for (const [i, put] of puts.entries()) {
    const { depth } = state[i] as PrivateState[number];
    if (!put(instance, values[i] ?? []))
      throw refusal(classAt(Object.getPrototypeOf(instance) as object, depth), 'its names are not on it');
  }
}

function classAt(prototype: object, depth: number): AnyFunction {
  let at: object | null = prototype;
  for (let i = 0; i < depth && at !== null; i++) at = Object.getPrototypeOf(at) as object | null;
  const type: unknown = at && Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
  if (typeof type !== 'function') throw new Error('Cannot find the class of a private state. This is a bug in run-in-executor');
  return type as AnyFunction;
}

function refusal(type: AnyFunction, why: string): ValueNotSendableError {
  const name = type.name || 'a class';
  return new ValueNotSendableError(
    `Cannot send an instance of ${name}: the other thread cannot make it with its private state, ${why}; send plain data and make the instance inside the function`,
    { path: name },
  );
}

const putters = new WeakMap<AnyFunction, Put>();
/**
 * Instances that wait for the next calls, by prototype: to enable the debugger costs 5 to 100 ms, by how much code is loaded, and one more
 * instance 0.3 ms.
 */
const spares = new WeakMap<object, { readonly made: Made[]; next: number }>();
/** Guesses. Of a class that goes by value nobody takes them: it is another at each call. */
const FIRST_SPARE = 3;
const MOST_SPARE = 64;
/** A guess: `super()` stands among the first statements. */
const MOST_PLACES = 256;
