/**
 * The command line where it mostly runs: in a terminal. `script` of util-linux makes one.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plainEnv } from '../faults/plain-env.mjs';
import { root } from '../setup/command-line.js';

const isThere = process.platform === 'linux' && existsSync('/usr/bin/script');
if (!isThere) console.log('Not run: the command line in a terminal, for there is no /usr/bin/script here to make one');

/** Ctrl-C, as a terminal sends it. */
const INTERRUPT = '\u0003';
const ESCAPE = '\u001b';
const STYLES = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g');
const CONTROL = new RegExp(`${ESCAPE}(?:\\[[0-9;?]*[A-Za-z]|[78])`, 'g');

const WORK = '() => { for (let i = 0; i < 1e6; i++); }';
const QUICK = ['bench', '-e', WORK, '--threads', '1,2', '--max-time', '300ms'];

describe.skipIf(!isThere)('in a terminal of 60 columns', () => {
  test('nothing runs over the edge, in colours, with a bar that is gone at the end', async () => {
    const { exitCode, output } = await inTerminal(60, QUICK);
    expect(exitCode).toBe(0);
    expect(output).toMatch(STYLES);
    expect(output, 'the bar').toContain('░');
    const hidden = output.lastIndexOf(`${ESCAPE}[?25l`);
    expect(output.indexOf(`${ESCAPE}[?25h`, hidden), 'the cursor is back').toBeGreaterThan(hidden);
    const lines = linesAfterTheBar(output);
    expect(lines.join('\n')).toMatch(/^ *threads +calls\/s[\s\S]*^→ (\d threads?|call it plainly) \(/m);
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });

  test('under NO_COLOR there is none', async () => {
    const { exitCode, output } = await inTerminal(60, QUICK, { NO_COLOR: '1' });
    expect(exitCode).toBe(0);
    expect(output.match(STYLES) ?? []).toEqual([]);
  });

  test('Ctrl-C half way ends it with what there is, and 130', async () => {
    const args = ['bench', '-e', WORK, '--threads', '1,2', '--max-time', '60', '--precision', '0.01'];
    const { exitCode, output } = await inTerminal(60, args, {}, /round (?!1\b)\d/);
    expect(exitCode).toBe(130);
    const text = linesAfterTheBar(output).join('\n');
    expect(text).toContain('! Interrupted after');
    expect(text).toMatch(/^→ /m);
  });

  test.each([[[]], [['bench']], [['find']], [['trace']], [['explain']], [['doctor']]])('help fits: %j', async (command) => {
    const { exitCode, output } = await inTerminal(60, [...command, '--help']);
    expect(exitCode).toBe(0);
    const lines = output.split(/\r?\n/);
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
    expect(lines).toContain('Examples:');
  });
});

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Interrupts it once `until` was printed. */
async function inTerminal(columns: number, args: readonly string[], env: NodeJS.ProcessEnv = {}, until?: RegExp): Promise<Ended> {
  const quoted = [process.execPath, `${root}dist/src/cli/main.js`, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  const command = `stty cols ${columns} rows 50; exec ${quoted.join(' ')}`;
  const child = spawn('/usr/bin/script', ['-qefc', command, '/dev/null'], {
    cwd: root,
    // What a person's terminal has, whatever runs the tests says of colours.
    env: { ...plainEnv({ TERM: 'xterm-256color' }), CI: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let isInterrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (isInterrupted || !until?.test(output)) return;
    isInterrupted = true;
    child.stdin.write(INTERRUPT);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  return { exitCode, output };
}

/** What stays on the screen: the bar is written over. */
function linesAfterTheBar(output: string): string[] {
  const shown = output.slice(output.lastIndexOf(`${ESCAPE}[?25h`)).replaceAll(CONTROL, '');
  return shown.split(/\r?\n/).map((line) => line.slice(line.lastIndexOf('\r') + 1));
}
