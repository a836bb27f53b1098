/** What is handed out is its consumer's alone from now on: the batch that brought it, which may be a long one, holds it no more. */
export function takeOut(batch: ArrayLike<unknown>, at: number): unknown {
  const item = batch[at];
  if (Array.isArray(batch)) batch[at] = undefined;
  return item;
}
