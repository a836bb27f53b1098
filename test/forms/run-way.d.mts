export interface Way {
  readonly name: string;
  readonly title: string;
  readonly group: string;
  /** The first version of Node that has this way. */
  readonly from?: number;
}

/** What became of one form: `refused` where the way says that a refusal is right. */
export interface Line {
  readonly form: string;
  readonly status: 'pass' | 'fail' | 'refused' | 'n/a';
  readonly why?: string;
}

export function runWay(
  way: Way,
  options?: { node?: string; dist?: string; direct?: boolean; only?: string; keep?: boolean },
): Promise<Line[]>;
