/** One line of the doctor's: what was looked at, what was found, and where that asks for it, the way out. */
export interface Finding {
  readonly what: string;
  /** 'note': it works, but not as one may think. */
  readonly state: 'ok' | 'note' | 'fault';
  readonly found: string;
  readonly wayOut?: string;
}
