/** Whether V8 counts which code runs: for `NODE_V8_COVERAGE` (c8 and Node's test runner set it), or for Vitest. */

/** Cost: nothing worth mentioning. It can begin before the first call only. */
export function isCovered(): boolean {
  if (process.env.NODE_V8_COVERAGE !== undefined) return true;
  const coverage = (globalThis as { __vitest_worker__?: VitestWorker }).__vitest_worker__?.config?.coverage;
  return coverage?.enabled === true && coverage.provider === 'v8';
}

interface VitestWorker {
  readonly config?: { readonly coverage?: { readonly enabled?: boolean; readonly provider?: string } };
}
