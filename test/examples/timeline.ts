/**
 * Plays an example with short seconds, and reads the timeline that it prints.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

// Long enough for the order of two sleeps that differ by a second to hold on a busy machine.
const normalSecond = 200;

export interface Event {
  /** `main`, or `thread 3` */
  readonly who: string;
  readonly what: string;
}

export async function play(example: string, second = normalSecond): Promise<Timeline> {
  return new Timeline(await outputOf(`examples/${example}.mjs`, { SECOND: String(second) }));
}

/** What a program prints when it is started from a user's terminal, which knows nothing of test runners. */
export async function outputOf(program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const terminal = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program], {
    cwd: root,
    env: { ...terminal, ...env },
    timeout: 60_000,
  });
  if (stderr !== '') throw new Error(`${program} complained: ${stderr}`);
  return stdout;
}

export class Timeline {
  readonly events: Event[];

  constructor(text: string) {
    this.events = text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [, who, what] = /^ *\d+\.\d s {2}(main|thread \d+) +(.*)$/.exec(line) ?? [];
        if (who === undefined || what === undefined) throw new Error(`Not a line of a timeline: ${line}`);
        return { who, what };
      });
  }

  /** What was said by lines that begin with `word`, without it. */
  all(word: string): string[] {
    return this.events.filter(({ what }) => what.startsWith(`${word} `)).map(({ what }) => what.slice(word.length).trim());
  }

  threads(): Set<string> {
    return new Set(this.events.map(({ who }) => who).filter((who) => who !== 'main'));
  }

  /** The most that had started and not ended, of the calls that `counts` takes. */
  mostAtOnce(start: string, end: string, counts = (_call: string) => true): number {
    let now = 0;
    let most = 0;
    for (const { what } of this.events) {
      if (!counts(what)) continue;
      if (what.startsWith(`${start} `)) most = Math.max(most, ++now);
      if (what.startsWith(`${end} `)) now--;
    }
    return most;
  }

  last(): string {
    return this.events.at(-1)?.what ?? '';
  }

  ticks(): number {
    return Number(/(\d+) ticks/.exec(this.last())?.[1] ?? Number.NaN);
  }
}
