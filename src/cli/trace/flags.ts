/** What `trace` was told. */
export interface TraceFlags {
  readonly out: string;
  readonly seconds?: number;
  readonly tasks: number;
}
