/** Changes to a text that move nothing around them: stacks and coverage keep pointing at the user's own lines and columns. */

export interface Patch {
  /** Positions in the text. */
  readonly start: number;
  readonly end: number;
  readonly with: string;
}

/** Padded to the old width where the new text is shorter; line breaks stay in any case. */
export function patched(text: string, patches: readonly Patch[]): string {
  let result = '';
  let position = 0;
  for (const patch of [...patches].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const old = text.slice(patch.start, patch.end);
    result +=
      text.slice(position, patch.start) + patch.with + blank(old.slice(patch.with.length)) + breaksOf(old.slice(0, patch.with.length));
    position = patch.end;
  }
  return result + text.slice(position);
}

/** Variables' names that a text does not contain, filled up to a width. */
export function* unusedNames(text: string): Generator<string, never, number> {
  let width = 0;
  for (let i = 0; ; i++) {
    const name = `$${i.toString(36)}`.padEnd(width, '_');
    if (!text.includes(name)) width = yield name;
  }
}

function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, ' ');
}

function breaksOf(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, '');
}
