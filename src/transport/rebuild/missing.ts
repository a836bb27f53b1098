/**
 * What a thread says when a description leads it to nothing, or to another function than the one that was sent.
 * The calling side then describes the function another way (`disprove`) and sends the call again.
 */
export class MissingFunction extends Error {
  readonly id: number;
  /** What else of the same call this thread lacks: told together, so that the call goes back and forth once, not once for each. */
  others: readonly number[] = [];

  constructor(id: number, place: string, options?: ErrorOptions) {
    super(`No such function in this thread: ${place}`, options);
    this.id = id;
  }
}
