/**
 * What a call becomes: on a thread, or Node's asynchronous twin of it.
 */
import type { Twin } from './twins.js';

/** A call as the user wrote it. */
export interface Call {
  /** `report.pages.work`, without the call's parentheses. */
  readonly callee: string;
  readonly args: string;
  /** Its own name, whatever the file calls it. */
  readonly name: string;
}

export interface Rewrite {
  /** The whole call; it begins with `await` or a parenthesis. */
  readonly text: string;
  /** Names and the modules that they are imported from. */
  readonly imports: readonly (readonly [name: string, from: string])[];
}

/** `list(rows)` on a thread. A method that knows what it is called on (`this`) takes that along. */
export function onThread(knowsThis: (holder: string) => boolean): (call: Call) => Rewrite | undefined {
  return ({ callee, args }) => {
    const [holder, member] = parts(callee);
    const fn = member !== undefined && knowsThis(holder) ? `${callee}.bind(${holder === 'super' ? 'this' : holder})` : plain(callee);
    return { text: `await runInExecutor(${listed(fn, args)})`, imports: [['runInExecutor', 'run-in-executor']] };
  };
}

/** Of `crypto.pbkdf2Sync(…)` as well as of `pbkdf2Sync(…)`. */
export function twinned(twin: Twin): (call: Call) => Rewrite | undefined {
  return ({ callee, args }) => {
    const [holder, member] = parts(callee);
    const { module, name, shape } = twin;
    if (shape === undefined || (shape === 'stdout' && /\binput\b/.test(args))) return undefined;
    if (shape === 'promises') {
      const fn = member === undefined ? name : `${holder}.promises.${name}`;
      return { text: `await ${fn}(${args})`, imports: member === undefined ? [[name, module]] : [] };
    }
    const fn = member === undefined ? name : `${holder}.${name}`;
    const awaited = `await promisify(${fn})(${args})`;
    const imports: Rewrite['imports'] = [...(member === undefined ? [[name, module] as const] : []), ['promisify', 'node:util']];
    return { text: shape === 'stdout' ? `(${awaited}).stdout` : awaited, imports };
  };
}

/** `report.pages.work` is `work` of `report.pages`. */
function parts(callee: string): readonly [holder: string, member: string | undefined] {
  const dot = callee.lastIndexOf('.');
  return dot === -1 ? [callee, undefined] : [plain(callee.slice(0, dot)), callee.slice(dot + 1)];
}

/** Without what asks whether it is there: a call that stalled was. */
function plain(callee: string): string {
  return callee.replaceAll(/[?!](?=\.|$)/g, '');
}

/** Arguments that stand on lines of their own stay there. */
function listed(fn: string, args: string): string {
  if (args.trim() === '') return fn;
  return /^\s*\n/.test(args) ? `${fn},${args}` : `${fn}, ${args.trimStart()}`;
}
