/** What `find` was told. */
export interface FindFlags {
  /** ms */
  readonly threshold: number;
  readonly seconds?: number;
  readonly report?: string;
  readonly json?: true;
}
