/** So many calls at a time, one more for each that ends: the load of a service. */
export async function keepInFlight(most: number, calls: number, call: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lines = Array.from({ length: Math.min(most, calls) }, async () => {
    while (next < calls) await call(next++);
  });
  await Promise.all(lines);
}
