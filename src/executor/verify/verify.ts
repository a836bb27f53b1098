/**
 * Verify mode: a call that has run on a thread runs here too, and what differs is told. The caller gets what the thread gave.
 */
import { ExecutorError, FunctionNotSendableError, ValueNotSendableError } from '../../errors.js';
import type { AnyFunction } from '../../transport/any-function.js';
import { mentionsThis, type Snapshot, takeSnapshot } from '../../transport/calls/snapshot.js';
import type { Ways } from '../../transport/described.js';
import { InlineScope } from '../inline/inline-scope.js';
import { difference, sameOutcome, words } from './compare.js';
import { type Outcome, outcomeOf } from './outcome.js';
import type { Tell } from './tell.js';

export interface VerifiedCall {
  readonly fn: AnyFunction;
  readonly args: readonly unknown[];
  /** What a wrapped function was called on. */
  readonly self: unknown;
  readonly ways: Ways;
  readonly executor: string;
  readonly tell: Tell;
}

/** Before the call is sent, which may detach what it transfers. Returns what is to be done after it. */
export function verification(call: VerifiedCall): (there: Outcome) => Promise<void> {
  const { fn, args, ways } = call;
  let asCalled: (() => Snapshot) | undefined;
  try {
    asCalled = takeSnapshot(fn, args, ways);
  } catch {
    // What can only move has no copy to run with here; what cannot cross at all is refused by the call itself.
  }
  return async (there) => {
    if (isRefusal(there)) call.tell('refused', 'it cannot cross to a thread', (there.error as Error).message);
    else if (asCalled !== undefined && !isOfTheExecutor(there)) await new Verification(call, asCalled, there).run();
  };
}

class Verification {
  readonly #call: VerifiedCall;
  readonly #asCalled: () => Snapshot;
  readonly #there: Outcome;

  constructor(call: VerifiedCall, asCalled: () => Snapshot, there: Outcome) {
    this.#call = call;
    this.#asCalled = asCalled;
    this.#there = there;
  }

  async run(): Promise<void> {
    const { self } = this.#call;
    const { args, captured } = this.#asCalled();
    const before = this.#capturedNow();
    const here = await this.#runHere(args, self);
    const changed = this.#tellChanges(args, before);
    // What it captures may have changed since the call: what ran there and what runs here are two things then, and nobody's fault.
    if (changed || difference(before, captured) !== undefined) return;
    if (sameOutcome(this.#there, here)) this.#tellMissingThis(here);
    else await this.#tellOutcome(here);
  }

  /** The function itself, with copies of its arguments: as a task, so that `currentThread()` is defined and its own calls stay here. */
  #runHere(args: readonly unknown[], self: unknown): Promise<Outcome> {
    const scope = new InlineScope(this.#call.executor);
    return outcomeOf(() => scope.run(() => Reflect.apply(this.#call.fn, self, args)));
  }

  #tellChanges(args: readonly unknown[], before: Snapshot['captured'] | undefined): boolean {
    const { tell } = this.#call;
    const was = this.#asCalled().args;
    const inArguments = difference(args, was, 'after the call', 'before it');
    if (inArguments !== undefined) {
      tell(
        'arguments',
        'it changes what it was given; a thread changes a copy, which its caller never sees: return what is to be seen',
        inArguments,
      );
    }
    const inCaptured = difference(this.#capturedNow(), before, 'after the call', 'before it');
    if (inCaptured === undefined) return false;
    tell('captures', 'it changes what it captures; a thread changes a copy, which nobody sees: return what is to be seen', inCaptured);
    return true;
  }

  /** Undefined: something among it can be copied no more. */
  #capturedNow(): Snapshot['captured'] | undefined {
    const { fn, ways } = this.#call;
    try {
      return takeSnapshot(fn, this.#asCalled().args, ways)().captured;
    } catch {
      return undefined;
    }
  }

  /** Both fail alike: a method that lost its object where it was passed. */
  #tellMissingThis({ ok, error }: Outcome): void {
    const { fn, self, tell } = this.#call;
    if (ok || self !== undefined || !(error instanceof TypeError) || !/\bundefined\b/.test(error.message) || !mentionsThis(fn)) return;
    tell('this', 'it speaks of `this` and got none: send object.method.bind(object)', `here and on a thread: ${words({ ok, error })}`);
  }

  async #tellOutcome(here: Outcome): Promise<void> {
    const { self, tell } = this.#call;
    if (self !== undefined && sameOutcome(this.#there, await this.#runHere(this.#asCalled().args, undefined))) {
      tell('this', 'it needs the object that it is called on, which does not go along: wrap object.method.bind(object)', this.#both(here));
      return;
    }
    const again = await this.#runHere(this.#asCalled().args, self);
    if (!sameOutcome(here, again)) {
      const why =
        'it gives something else each time, by chance, by the clock, or by state that it keeps: nothing can be said about threads';
      tell(
        'chance',
        why,
        difference(again.value, here.value, 'the second time here', 'the first time') ?? `${words(here)}, then ${words(again)}`,
      );
    } else if (here.ok && this.#there.ok) tell('result', 'it gives another result on a thread than here', this.#both(here));
    else tell('outcome', `on a thread it ${words(this.#there)}; here it ${words(here)}`, this.#both(here));
  }

  #both(here: Outcome): string {
    const [there, alsoHere] = this.#there.ok === here.ok ? [this.#there, here] : [undefined, undefined];
    const values = there?.ok ? difference(there.value, alsoHere?.value) : there && difference(there.error, alsoHere?.error);
    return values ?? `on a thread: ${words(this.#there)}\nhere: ${words(here)}`;
  }
}

function isRefusal({ ok, error }: Outcome): boolean {
  const isNotSendable = error instanceof FunctionNotSendableError || error instanceof ValueNotSendableError;
  return !ok && isNotSendable && !/^(?:result|error)\b/.test(error.path);
}

/** Stopped, refused for want of room, lost with its thread: nothing that the function does. */
function isOfTheExecutor({ ok, error }: Outcome): boolean {
  if (ok || error instanceof FunctionNotSendableError || error instanceof ValueNotSendableError) return false;
  return error instanceof ExecutorError || (error as Error | undefined)?.name === 'AbortError';
}
