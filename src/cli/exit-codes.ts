/** What scripts may rely on; `--help` lists them. */
export const exitCodes = {
  /** Done, and the answer is yes. */
  ok: 0,
  /** Done, and the answer is no: `doctor` found a fault, a threshold was missed, a function cannot cross. */
  no: 1,
  /** Not understood: an unknown flag, a bad value, a file or a function that is not there. */
  misuse: 2,
  /** Understood, and failed: what was to be run threw. */
  failed: 3,
  /** Ended by Ctrl-C: what there was by then is printed. */
  interrupted: 130,
} as const;
