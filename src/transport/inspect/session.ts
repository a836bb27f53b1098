/**
 * V8's inspector, opened in-process at the first need: no port, no protocol on a wire, answers come synchronously.
 *
 * It is the one source that tells which variables a function captures. Everything that opens it is in this folder.
 */
import type { Session } from 'node:inspector';

type Answers = {
  'Runtime.evaluate': { result: RemoteObject; exceptionDetails?: ExceptionDetails };
  'Runtime.callFunctionOn': { result: RemoteObject; exceptionDetails?: ExceptionDetails };
  'Runtime.queryObjects': { objects: RemoteObject };
  'Runtime.getProperties': { internalProperties?: RemoteProperty[]; privateProperties?: RemoteProperty[] };
  'Debugger.getScriptSource': { scriptSource: string };
  'Debugger.evaluateOnCallFrame': { result: RemoteObject; exceptionDetails?: ExceptionDetails };
  'Debugger.getPossibleBreakpoints': { locations: readonly BreakLocation[] };
  'Debugger.setBreakpoint': { breakpointId: string };
};

export interface BreakLocation {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
  /** Of a statement, none. */
  readonly type?: 'call' | 'return' | 'debuggerStatement';
}

export interface RemoteObject {
  readonly type: string;
  readonly objectId?: string;
  readonly value?: unknown;
  /** `NaN`, `-0`, `5n`: what JSON has no word for. */
  readonly unserializableValue?: string;
}

export interface RemoteProperty {
  readonly name: string;
  readonly value?: RemoteObject;
}

interface ExceptionDetails {
  readonly stackTrace?: { callFrames: readonly { scriptId: string; url: string }[] };
}

let opened: Session | 'refused' | undefined;

/** Whether functions can be read here at all: some builds have no inspector, and the permission model refuses it. */
export function inspectorAvailable(): boolean {
  return open() !== 'refused';
}

/** Asks V8. The answer is there when this returns: an in-process session calls back before `post` does. */
export function post<M extends string>(method: M, params?: object): M extends keyof Answers ? Answers[M] : object {
  const session = open();
  if (session === 'refused') throw new Error(`Cannot ask ${method}: this process has no inspector`);
  let failure: Error | null = null;
  let answer: unknown;
  session.post(method, params, (error, result) => {
    failure = error;
    answer = result;
  });
  if (failure !== null) throw new Error(`${method} failed`, { cause: failure });
  return answer as M extends keyof Answers ? Answers[M] : object;
}

/** Asks V8 for something that is expected to fail. */
export function attempt(method: string, params: object): void {
  const session = open();
  if (session !== 'refused') session.post(method, params, () => undefined);
}

/** Hears an event of the inspector until the function that this returns is called. */
export function listen<P>(event: string, listener: (params: P) => void): () => void {
  const session = open();
  if (session === 'refused') throw new Error(`Cannot hear ${event}: this process has no inspector`);
  const heard = (message: { params: P }): void => listener(message.params);
  session.on(event, heard);
  return () => session.off(event, heard);
}

function open(): Session | 'refused' {
  opened ??= connect();
  return opened;
}

function connect(): Session | 'refused' {
  try {
    // Not an import: a program that never sends a function by value never loads the inspector.
    const { Session } = process.getBuiltinModule('node:inspector');
    const session = new Session();
    session.connect();
    // Bun and Deno have the class, and answer nothing.
    let answered = false;
    session.post('Runtime.evaluate', { expression: '0' }, (error) => {
      answered = error === null;
    });
    return answered ? session : 'refused';
  } catch {
    return 'refused';
  }
}
