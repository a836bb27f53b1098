/**
 * What a claim word can say: how far a call has come, or its outcome. `claims.ts` draws the way from one to the next.
 */

export const Word = {
  FREE: 0,
  SENT: 1,
  /** Its thread imports what it needs: it has started, but its function has not been called. */
  LOADING: 2,
  STARTED: 3,
  WITHDRAWN: 4,
  PASSED: 5,
  POSTED: 6,
  /** It lends its thread to others, and goes on later under another number. */
  PARKED: 7,
  // Outcomes small enough to lie in shared memory, where they outlive their thread.
  UNDEFINED: 8,
  NULL: 9,
  TRUE: 10,
  FALSE: 11,
  NUMBER: 12,
} as const;

/** The value of an outcome word; `number` is what lies beside it. */
export function outcomeOf(word: number, number: number): unknown {
  switch (word) {
    case Word.NUMBER:
      return number;
    case Word.NULL:
      return null;
    case Word.TRUE:
      return true;
    case Word.FALSE:
      return false;
    default:
      return undefined;
  }
}

/** Undefined: the value has to travel in a message. */
export function outcomeWord(value: unknown): number | undefined {
  if (typeof value === 'number') return Word.NUMBER;
  if (value === undefined) return Word.UNDEFINED;
  if (value === null) return Word.NULL;
  if (value === true) return Word.TRUE;
  if (value === false) return Word.FALSE;
  return undefined;
}
