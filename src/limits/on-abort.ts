/**
 * Calls `callback` with the reason when `signal`, which has not aborted yet, does so; not if the returned function is called before.
 *
 * One listener a signal, however many wait for it: an `EventTarget` walks all its listeners whenever one is added or removed
 * (a million waiters that share a signal would take hours), and warns of a leak at the eleventh.
 * The listener goes when the last callback does, so a signal that lives as long as the process collects nothing.
 */
export function onAbort(signal: AbortSignal, callback: (reason: unknown) => void): () => void {
  const watch = watches.get(signal) ?? new Watch(signal);
  watch.callbacks.add(callback);
  return () => {
    if (watch.callbacks.delete(callback) && watch.callbacks.size === 0) watch.end();
  };
}

const watches = new WeakMap<AbortSignal, Watch>();

class Watch {
  readonly callbacks = new Set<(reason: unknown) => void>();
  readonly #signal: AbortSignal;
  /** Held for as long as somebody waits. */
  readonly sources: readonly (object | undefined)[];

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    this.sources = sourcesOf(signal);
    signal.addEventListener('abort', this.#aborted);
    watches.set(signal, this);
  }

  end(): void {
    watches.delete(this.#signal);
    try {
      this.#signal.removeEventListener('abort', this.#aborted);
    } catch {
      // Somebody's own kind of signal: whoever stops listening is in the middle of settling calls.
    }
  }

  readonly #aborted = (): void => {
    this.end();
    const reason = reasonOf(this.#signal);
    // Each is taken off before it is called: one that an earlier one stopped is not called at all.
    for (const callback of this.callbacks) {
      this.callbacks.delete(callback);
      callback(reason);
    }
  };
}

/**
 * Node 20 forgets what a signal of `AbortSignal.any()` is made of once nobody else holds it, a time-out for one, and whoever listens to
 * that signal is never called. Only the signal itself knows its sources; later versions keep them by themselves.
 */
function sourcesOf(signal: AbortSignal): readonly (object | undefined)[] {
  const key = FORGETS && Object.getOwnPropertySymbols(signal).find(({ description }) => description === 'kSourceSignals');
  const sources = key ? (Reflect.get(signal, key) as Iterable<WeakRef<object>> | undefined) : undefined;
  return Array.from(sources ?? [], (source) => source.deref());
}

const FORGETS = process.versions.node.startsWith('20.');

/** Of somebody's own kind of signal it may be a getter that throws: nobody who waits may be forgotten for that. */
function reasonOf(signal: AbortSignal): unknown {
  try {
    return signal.reason;
  } catch (error) {
    return error;
  }
}
