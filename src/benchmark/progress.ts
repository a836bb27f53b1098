/** Where a benchmark is. */
export interface BenchmarkProgress {
  /** The plain call, copying, starting and warming pools, or the rounds. */
  readonly phase: 'direct' | 'crossing' | 'warm-up' | 'measuring';
  /** The pool that is measured, in threads; 0 for the plain call. */
  readonly size: number;
  /** From 1. */
  readonly round: number;
  /** 0 to 1, of `maxTime`. It may end earlier. */
  readonly done: number;
  /** The least certain size's interval of confidence so far, as a share: 0.05 is 5 % to either side. Infinity at first. */
  readonly precision: number;
}
