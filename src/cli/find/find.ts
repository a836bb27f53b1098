import { writeFileSync } from 'node:fs';
import { exitCodes } from '../exit-codes.js';
import { refuseUnwritable } from '../output-file.js';
import { paint } from '../terminal.js';
import type { FindFlags } from './flags.js';
import { inWords } from './in-words.js';
import { page } from './page.js';
import { summary } from './summary.js';
import { watched } from './watched.js';

/** Runs the program, tells what stalled it, and says by the exit code whether anything did. */
export async function find(words: readonly string[], flags: FindFlags): Promise<void> {
  if (flags.report !== undefined) refuseUnwritable('--report', flags.report);
  if (process.stderr.isTTY && flags.seconds === undefined)
    process.stderr.write(`Watching ${words.join(' ')}: put load on it, then press Ctrl-C.\n`);
  const seen = await watched(words, flags);
  const found = summary(seen, flags.threshold);
  console.log(flags.json ? JSON.stringify(found, undefined, 2) : inWords(found));
  if (flags.report !== undefined) {
    writeFileSync(flags.report, page(found, words.join(' ')));
    if (!flags.json) console.log(paint('dim', `\n${flags.report} draws them over time.`));
  }
  if (!seen.succeeded) process.exitCode = exitCodes.failed;
  else if (found.findings.length > 0) process.exitCode = exitCodes.no;
}
