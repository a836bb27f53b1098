import { exitCodes } from './exit-codes.js';

/** What the command line was asked for cannot be done: the message names what was given and the way out, and no stack is shown. */
export class Refusal extends Error {
  readonly exitCode: number;

  constructor(message: string, { exitCode = exitCodes.misuse, cause }: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'Refusal';
    this.exitCode = exitCode;
  }
}
