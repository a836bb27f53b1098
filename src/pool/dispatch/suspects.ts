/**
 * Calls whose threads ended before they had started them: of something that an earlier task left behind, or of the call itself, whose arguments
 * may need more memory than a thread has. Sent again and again, those would end one thread after the other, for ever.
 */
import type { Task } from '../task/task.js';

/** So many threads may end under a call that they have not started. Those after the first got it alone. */
const MOST_DEATHS = 3;

export class Suspects {
  /** Deaths before the start. Undefined until there are any, which nearly never happens: it is asked for each call. */
  #deaths: WeakMap<Task, number> | undefined;

  /** It is to be sent alone, so that nobody else is harmed by it, or suspected with it. */
  has(task: Task): boolean {
    return this.#deaths?.has(task) === true;
  }

  /** True: enough, it is not to be sent again. */
  died(task: Task): boolean {
    this.#deaths ??= new WeakMap();
    const deaths = (this.#deaths.get(task) ?? 0) + 1;
    this.#deaths.set(task, deaths);
    return deaths === MOST_DEATHS;
  }
}
