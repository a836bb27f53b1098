/** What is remembered of a thread from lane to lane. */
export interface ThreadRecord {
  readonly id: number;
  /** Ids of the descriptions that it has been sent. */
  readonly known: Set<number>;
  /** Calls that ended on it. */
  calls: number;
  /** MiB of V8 heap in use after its last call; only where the pool watches it. */
  heap: number;
}
