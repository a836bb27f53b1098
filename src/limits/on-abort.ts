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

  constructor(signal: AbortSignal) {
    this.#signal = signal;
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

/** Of somebody's own kind of signal it may be a getter that throws: nobody who waits may be forgotten for that. */
function reasonOf(signal: AbortSignal): unknown {
  try {
    return signal.reason;
  } catch (error) {
    return error;
  }
}
