/** What lies too deep to be walked at once, with the way there. */
import type { AnyFunction } from '../any-function.js';
import type { Described } from '../described.js';
import type { Kind } from './kinds.js';
import type { Step } from './trail.js';

export type Piece =
  | {
      readonly trail: readonly Step[];
      readonly kind: 'captures';
      readonly fn: AnyFunction;
      readonly described: Described;
      readonly captured?: boolean;
      readonly shell: unknown[];
    }
  | {
      readonly trail: readonly Step[];
      readonly kind: Kind;
      readonly captured: boolean;
      readonly value: object;
      readonly shell: object | number;
    };
