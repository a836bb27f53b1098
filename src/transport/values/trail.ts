/**
 * Where a walk through a value stands, and the errors that say so: `args[1].rows[3].socket`, `closure of handler → db`.
 */
import { FunctionNotSendableError, ValueNotSendableError } from '../../errors.js';

/** One step down: a property, a member of a collection (ready to print), or a variable that a function captures. */
export type Step = string | number | symbol | Member | Captured;

export class Member {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A value of a Map: by its key, if that can be written down. */
export function valueOfMap(key: unknown, index: number): Member {
  return new Member(typeof key === 'string' || typeof key === 'number' ? `.get(${JSON.stringify(key)})` : `.values()[${index}]`);
}

export class Captured {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** What a captured proxy is made of: no function's variable. */
export class ProxyPart extends Captured {}

/** The public error for what stands at the end of the trail. `what` says what it is, `wayOut` what the user does about it. */
export function notSendable(root: string, trail: readonly Step[], what: string, wayOut: string, cause?: unknown): Error {
  const path = pathOf(root, trail);
  const way = root === 'result' && AT_THE_CALL.test(wayOut) ? 'return plain data instead' : wayOut;
  const message = `Cannot send ${path} across threads: ${what}; ${way}`;
  const options = cause === undefined ? { path } : { path, cause };
  const throughFunction = /^(?:closure|prototype) of /.test(root) || trail.some((step) => step instanceof Captured);
  return throughFunction ? new FunctionNotSendableError(message, options) : new ValueNotSendableError(message, options);
}

/** What only a caller can do about it is no help to a task that returns. */
const AT_THE_CALL = /^(?:open it inside|import the module|make the instance|make it inside|pass it as|send plain data|read what)/;

/** Inside a closure every step is an arrow: there is no expression that would lead there. */
export function pathOf(root: string, trail: readonly Step[]): string {
  let path = root;
  let arrows = root.startsWith('closure of ');
  for (const step of shortened(trail)) {
    if (step instanceof Captured) arrows = true;
    path += arrows ? ` → ${nameOf(step)}` : accessTo(step);
  }
  return path;
}

/** A path of thousands of steps helps nobody: its two ends do. */
export function shortened(trail: readonly Step[]): readonly Step[] {
  return trail.length <= 40 ? [...trail] : [...trail.slice(0, 20), new Member(' … '), ...trail.slice(-15)];
}

function nameOf(step: Step): string {
  if (step instanceof Captured) return step.name;
  if (step instanceof Member) return step.text.replace(/^\./, '');
  return String(step);
}

function accessTo(step: Step): string {
  if (step instanceof Member) return step.text;
  if (step instanceof Captured) return ` → ${step.name}`;
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'symbol') return `[${String(step)}]`;
  if (/^#?[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(step)) return `.${step}`;
  return /^(?:0|[1-9]\d{0,9})$/.test(step) ? `[${step}]` : `[${JSON.stringify(step)}]`;
}
