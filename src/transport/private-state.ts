/** The part of the wire protocol that carries what instances keep under `#names`. */

/** What instances of one class, bases aside, have of their own there; without the `#`. */
export interface PrivateNames {
  /** With a value each. */
  readonly fields: readonly string[];
  /** Methods and accessors. */
  readonly members: readonly string[];
  /** The class extends nothing, so it makes its instances itself. */
  readonly isRoot: boolean;
  /** It has a constructor of its own. */
  readonly isWritten: boolean;
}

/** That of one instance, class by class, those first that others extend. */
export type PrivateState = readonly {
  /** How far above the instance's own prototype that of the class is. */
  readonly depth: number;
  readonly names: PrivateNames;
  /** Of the fields, in their order. */
  readonly values: unknown[];
}[];
