import { setImmediate as nextTurn } from 'node:timers/promises';

/** Calls wait inside until they are let out by name, so that tests set the order of events themselves and need no clock. */
export class Gate {
  readonly #waiting = new Map<string, () => void>();

  get inside(): string[] {
    return [...this.#waiting.keys()];
  }

  pass(name: string): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(name, resolve));
  }

  async open(name: string): Promise<void> {
    const resolve = this.#waiting.get(name);
    if (!resolve) throw new Error(`${name} is not inside`);
    this.#waiting.delete(name);
    resolve();
    await nextTurn();
  }

  /** One after the other, and those that come in meanwhile. */
  async openAll(): Promise<void> {
    for (const name of this.inside) await this.open(name);
    if (this.inside.length > 0) await this.openAll();
  }
}
