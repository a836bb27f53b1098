/**
 * @internal For the model test alone: `RUN_IN_EXECUTOR_TEST_BATCH=1`, `2` or `128` puts so many calls on a thread at a time, whatever is
 * known of how long they take, so that each way of sending ahead meets each fault. It makes everything slower.
 */
export function forcedBatch(): number | undefined {
  const size = Number(process.env.RUN_IN_EXECUTOR_TEST_BATCH ?? 0);
  return size > 0 ? size : undefined;
}
