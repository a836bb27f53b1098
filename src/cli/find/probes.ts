/**
 * Looks into a few calls of a function without changing it: a breakpoint at its entry and at its ends, where V8 stops, hands over what is
 * there, and goes on. A session of the thread's own cannot keep it stopped, and opens no port.
 */
import { url as debuggerUrl } from 'node:inspector';
import { isArrow, parametersAt } from './parameters.js';
import type { Frame, Probe, Recording, Weight } from './recording.js';
import type { OwnSession } from './session.js';
import { keyOf } from './suspects.js';
import { weigh } from './weigh.js';

export class Probes {
  readonly #session: OwnSession;
  readonly #probes = new Map<string, Open>();
  readonly #breakpoints = new Map<string, { probe: Open; isEntry: boolean }>();
  #timer: NodeJS.Timeout | undefined;
  #unprobed: string | undefined = 'the run was too short';
  #isListening = false;
  #then: (() => void) | undefined;

  constructor(session: OwnSession) {
    this.#session = session;
  }

  /** From now on, the next calls of these are looked into, until each was seen; `then` is called when that is over. */
  look(functions: readonly Frame[], then: () => void): void {
    const fresh = functions.filter((frame) => isFresh(this.#probes.get(keyOf(frame))));
    // With a front end attached, stopping would wait for that one to go on.
    const isWatched = debuggerUrl() !== undefined;
    this.#unprobed = isWatched ? 'a debugger is attached' : undefined;
    if (isWatched || fresh.length === 0) {
      then();
      return;
    }
    this.#then = then;
    Object.defineProperty(globalThis, MEETING, { configurable: true, value: this.#meeting() });
    if (!this.#isListening) this.#session.on<Paused>('Debugger.paused', (paused) => this.#paused(paused));
    this.#isListening = true;
    this.#session.post('Debugger.enable');
    for (const frame of fresh) this.#open(frame);
    this.#timer = setTimeout(() => this.end(), LONGEST_LOOK).unref();
  }

  /** No breakpoint is left behind. */
  end(): void {
    clearTimeout(this.#timer);
    const then = this.#then;
    if (then === undefined) return;
    this.#then = undefined;
    this.#breakpoints.clear();
    // With it go its breakpoints, and the functions are optimized again.
    this.#session.post('Debugger.disable');
    Reflect.deleteProperty(globalThis, MEETING);
    then();
  }

  found(): Pick<Recording, 'probes' | 'unprobed'> {
    const probes = [...this.#probes.values()].map(({ frame, arguments: args, results }): Probe => {
      const { scriptId, line, column } = frame;
      return { scriptId, line, column, arguments: args, results };
    });
    return { probes, ...(this.#unprobed === undefined ? {} : { unprobed: this.#unprobed }) };
  }

  #open(frame: Frame): void {
    const start = { scriptId: frame.scriptId, lineNumber: frame.line, columnNumber: frame.column };
    const looks = (this.#probes.get(keyOf(frame))?.looks ?? 0) + 1;
    const probe: Open = { frame, looks, entries: 0, arguments: [], results: [], taken: 'arguments', breakpoints: [] };
    this.#probes.set(keyOf(frame), probe);
    try {
      const { scriptSource } = this.#session.post<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId: frame.scriptId });
      if (isArrow(scriptSource, frame)) probe.taken = `[${parametersAt(scriptSource, frame)?.join() ?? ''}]`;
      const { locations } = this.#session.post<Locations>('Debugger.getPossibleBreakpoints', { start, restrictToFunction: true });
      const [entry, ...others] = locations;
      if (entry !== undefined) this.#breakAt(entry, probe, true);
      // What a function ends with shows at its end; one with a hundred returns is left alone after the first.
      for (const end of others.filter(({ type }) => type === 'return').slice(0, MOST_RETURNS)) this.#breakAt(end, probe, false);
    } catch {
      // A script that is gone, or a place where V8 cannot stop: its sizes stay unknown.
    }
  }

  #breakAt({ scriptId, lineNumber, columnNumber }: Location, probe: Open, isEntry: boolean): void {
    const condition = `globalThis[Symbol.for('${MEETING.description}')]?.wants('${keyOf(probe.frame)}', ${isEntry})`;
    const location = { scriptId, lineNumber, columnNumber };
    const { breakpointId } = this.#session.post<{ breakpointId: string }>('Debugger.setBreakpoint', { location, condition });
    probe.breakpoints.push(breakpointId);
    this.#breakpoints.set(breakpointId, { probe, isEntry });
  }

  #meeting(): Meeting {
    return {
      wants: (key, isEntry) => {
        const { arguments: args, results } = this.#probes.get(key) ?? { arguments: [], results: [] };
        return isEntry || args.length > results.length;
      },
      take: (key, values) => void this.#probes.get(key)?.arguments.push(weigh([...values])),
      give: (key, value) => void this.#probes.get(key)?.results.push(weigh([value])),
    };
  }

  #paused({ callFrames: [frame], hitBreakpoints: [id = ''] = [] }: Paused): void {
    try {
      const hit = this.#breakpoints.get(id);
      if (hit === undefined || frame === undefined) return;
      const { probe, isEntry } = hit;
      if (!isEntry) this.#give(frame, probe);
      else if (probe.arguments.length < CALLS) this.#take(frame, probe);
      // Enough: it may be in a loop, and stopping costs.
      if (probe.results.length === CALLS || (isEntry && ++probe.entries > MOST_ENTRIES)) this.#close(probe);
      // Not from within the pause.
      const open = [...this.#breakpoints.values()];
      if (open.every((each) => each.probe.results.length > 0)) setImmediate(() => this.end()).unref();
    } catch {
      // Not seen, then.
    } finally {
      this.#session.post('Debugger.resume');
    }
  }

  #close({ breakpoints }: Open): void {
    for (const breakpointId of breakpoints) {
      this.#session.post('Debugger.removeBreakpoint', { breakpointId });
      this.#breakpoints.delete(breakpointId);
    }
  }

  #take({ callFrameId }: CallFrame, { frame, taken }: Open): void {
    const expression = `globalThis[Symbol.for('${MEETING.description}')].take('${keyOf(frame)}', ${taken})`;
    this.#session.post('Debugger.evaluateOnCallFrame', { callFrameId, expression, silent: true });
  }

  #give({ returnValue }: CallFrame, { frame }: Open): void {
    const key = keyOf(frame);
    if (returnValue?.objectId === undefined) {
      this.#meeting().give(key, returnValue?.value);
      return;
    }
    const functionDeclaration = `function () { globalThis[Symbol.for('${MEETING.description}')].give('${key}', this) }`;
    this.#session.post('Runtime.callFunctionOn', { objectId: returnValue.objectId, functionDeclaration, silent: true });
    this.#session.post('Runtime.releaseObject', { objectId: returnValue.objectId });
  }
}

/** Not looked for yet, or once in vain. */
function isFresh(probe: Open | undefined): boolean {
  return probe === undefined || (probe.results.length === 0 && probe.looks < MOST_LOOKS);
}

const MOST_LOOKS = 2;

interface Open {
  readonly frame: Frame;
  readonly looks: number;
  entries: number;
  readonly arguments: Weight[];
  readonly results: Weight[];
  /** The expression that gives its arguments. */
  taken: string;
  readonly breakpoints: string[];
}

/** What the conditions of breakpoints and what is evaluated at them find in the global object. */
interface Meeting {
  wants(key: string, isEntry: boolean): boolean;
  take(key: string, values: ArrayLike<unknown> & Iterable<unknown>): void;
  give(key: string, value: unknown): void;
}

interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
  readonly type?: string;
}

interface Locations {
  readonly locations: readonly Location[];
}

interface CallFrame {
  readonly callFrameId: string;
  readonly returnValue?: { readonly objectId?: string; readonly value?: unknown };
}

interface Paused {
  readonly callFrames: readonly CallFrame[];
  readonly hitBreakpoints?: readonly string[];
}

const MEETING = Symbol.for('run-in-executor.find');

/** Calls whose values are weighed. */
const CALLS = 3;

/** A recursive function is entered often before it first returns, and a generator may never. */
const MOST_ENTRIES = 20;

const MOST_RETURNS = 8;

/** ms. */
const LONGEST_LOOK = 8_000;
