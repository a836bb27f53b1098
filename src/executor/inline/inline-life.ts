/**
 * What stands in for the life of a thread: the initializer runs once, before the first task, and the finalizer after the last.
 */
import { initializerFailure } from '../../pool/threads/thread-death.js';

export interface LifeOptions {
  readonly name: string;
  readonly initializer: (() => Promise<unknown>) | undefined;
  readonly finalizer: (() => Promise<unknown>) | undefined;
}

export class InlineLife {
  readonly #options: LifeOptions;
  #begun: Promise<unknown> | undefined;

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  /** Undefined where there is nothing to wait for. Rejects with InitializerError. */
  begin(): Promise<unknown> | undefined {
    const { initializer, name } = this.#options;
    if (initializer === undefined) return undefined;
    this.#begun ??= initializer();
    return this.#begun.catch((cause: unknown) => {
      // The next task tries again, as the next thread would.
      this.#begun = undefined;
      throw initializerFailure(name, cause);
    });
  }

  /** Never rejects. */
  async end(): Promise<void> {
    const { finalizer, name } = this.#options;
    await finalizer?.().catch((error: unknown) => process.emitWarning(`The finalizer of ${name} failed: ${String(error)}`));
  }
}
