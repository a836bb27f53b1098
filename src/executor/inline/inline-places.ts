/**
 * The places of an executor without threads: who holds one, and who has given it up for a while.
 */
import type { Task } from '../../pool/task/task.js';
import { epochNow } from '../../transport/shared-memory/claims.js';
import type { InlineScope } from './inline-scope.js';

export interface Running {
  readonly scope: InlineScope;
  /** Epoch ms, without the time for which it had no place. */
  startedAt: number;
}

export class InlinePlaces {
  /** Tasks that hold a place. */
  readonly running = new Map<Task, Running>();
  readonly #parked = new Map<Task, Running>();
  /** Those of them that could go on. */
  readonly #awake: (() => void)[] = [];

  get hasParked(): boolean {
    return this.#parked.size > 0;
  }

  census(): { readonly busy: number; readonly running: number; readonly startedAt: readonly number[] } {
    const running = [...this.running.keys()].filter(({ state }) => state !== 'settled').length;
    return { busy: this.running.size, running, startedAt: Array.from(this.running.values(), (each) => each.startedAt) };
  }

  /** It is one of the tasks that have a place, or have given it up for a while. */
  hold(scope: InlineScope | undefined): boolean {
    return [...this.running.values(), ...this.#parked.values()].some((each) => each.scope === scope);
  }

  cancel(task: Task, reason: unknown): void {
    (this.running.get(task) ?? this.#parked.get(task))?.scope.cancel(reason);
  }

  /** There is a place: whoever could go on takes it. False: nobody. */
  goOn(): boolean {
    const next = this.#awake.shift();
    next?.();
    return next !== undefined;
  }

  /** Gives up the task's place until `ready`, and until there is a place again. `moved`: it has given it up, could go on, goes on. */
  async park(task: Task, ready: Promise<unknown>, moved: (what: 'parked' | 'awake' | 'resumed') => void): Promise<void> {
    const running = this.running.get(task);
    if (running === undefined) {
      await ready;
      return;
    }
    this.running.delete(task);
    this.#parked.set(task, running);
    task.parked = true;
    clearTimeout(task.timer);
    const since = epochNow();
    moved('parked');
    await ready;
    await new Promise<void>((resolve) => {
      this.#awake.push(() => {
        this.#parked.delete(task);
        this.running.set(task, running);
        running.startedAt += epochNow() - since;
        task.parked = false;
        moved('resumed');
        resolve();
      });
      moved('awake');
    });
  }
}
