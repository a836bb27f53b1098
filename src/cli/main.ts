#!/usr/bin/env node
/**
 * `run-in-executor`: the command line. One file a command beside this one; each loads what it works with when it is run.
 */
import { ExecutorError } from '../index.js';
import { exitCodes } from './exit-codes.js';
import { program } from './program.js';
import { Refusal } from './refusal.js';
import { complain } from './terminal.js';

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}

/** What went wrong, in as many words as it needs: a stack only where the fault is not the user's. */
function tell(error: unknown): number {
  if (error instanceof Refusal) {
    complain(error.message);
    return error.exitCode;
  }
  complain(error instanceof ExecutorError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.failed;
}
