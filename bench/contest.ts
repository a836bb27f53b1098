/**
 * Who takes part in a scenario, and in what.
 */

/** What takes part: opened once a scenario, closed at its end. */
export interface Contestant<Subject> {
  readonly name: string;
  open(): Promise<Subject & { close(): Promise<unknown> }>;
}

/** `lower`: a time, a size. `higher`: a rate. */
export type Better = 'lower' | 'higher';

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly better: Better;
}

/** One figure of each kind that the scenario has, by name; one that cannot be had here is left out. */
export type Sample = Readonly<Record<string, number | undefined>>;

export interface Case<Subject> {
  readonly name: string;
  /** One round with one contestant. Throws where that one cannot take part, and is asked no more. */
  sample(subject: Subject, effort: Effort): Promise<Sample>;
}

/** How much of the full work a run does: 1, or less for a look. */
export type Effort = number;
