/** What each process of a traced program is told, and what it leaves. */

/** The environment variable that holds an `Assignment`, as JSON. */
export const ASSIGNMENT = 'RUN_IN_EXECUTOR_TRACE';

export interface Assignment {
  /** Where files go: `<pid>.started` from each Node, `<pid>.json`, a `Part`, from each in which an executor did something. */
  readonly folder: string;
  /** Where all times begin, epoch ms. */
  readonly origin: number;
  /** When to write what there is, besides at the end. */
  readonly seconds: number | undefined;
  readonly mostTasks: number;
}

/** One process: a line of this, then a line an event. */
export interface Part {
  readonly tasks: number;
  readonly threads: number;
  readonly executors: readonly string[];
  readonly dropped: number;
}
