/** Arguments that any parameter list takes without falling back on a default, destructured as deep as it likes. */
export function anything(): unknown[] {
  const everything: unknown = new Proxy(() => everything, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive) return () => 1;
      return key === Symbol.iterator ? items : everything;
    },
    getPrototypeOf: () => null,
  });
  function* items(): Generator<unknown> {
    for (let i = 0; i < MOST_ITEMS; i++) yield everything;
  }
  return new Array(MOST_PARAMETERS).fill(everything);
}

const MOST_PARAMETERS = 16;
/** Of an array that is taken apart: a rest takes them all. A guess. */
const MOST_ITEMS = 1_000;
