import { expect, test } from 'vitest';
import { commandLine } from '../setup/command-line.js';

interface Report {
  readonly healthy: boolean;
  readonly findings: readonly { readonly what: string; readonly state: string; readonly found: string }[];
}

test('a healthy machine: everything that was tried on a thread ran there, in the way it should', async () => {
  const { exitCode, stdout, stderr } = await commandLine(['doctor', '--json']);
  const { healthy, findings } = JSON.parse(stdout) as Report;
  expect({ exitCode, stderr, healthy }).toEqual({ exitCode: 0, stderr: '', healthy: true });
  expect(findings.map(({ what }) => what)).toEqual(['Node', 'inspector', 'cores', 'a builtin', 'a reference', 'a closure', 'memory']);
  expect(findings.filter(({ state }) => state === 'fault')).toEqual([]);
});

test('threads that cannot start are a fault, told for each trial, and the exit code is 1', async () => {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  const refused = { NODE_OPTIONS: `${permission} --allow-fs-read=*` };
  const { exitCode, stdout } = await commandLine(['doctor'], undefined, refused);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/FAIL a builtin/);
  expect(stdout).toMatch(/note inspector .*permission model/);
});

test('a permission model that lets the inspector be is no obstacle', {
  skip: !process.allowedNodeEnvironmentFlags.has('--allow-inspector'),
}, async () => {
  const allowed = { NODE_OPTIONS: '--permission --allow-inspector --allow-worker --allow-fs-read=*' };
  const { stdout } = await commandLine(['doctor'], undefined, allowed);
  expect(stdout).toMatch(/ok +inspector/);
  expect(stdout).toMatch(/ok +a closure/);
});

test('in a pipe there are no control codes', async () => {
  const { stdout } = await commandLine(['doctor'], undefined, { CI: 'true' });
  expect(stdout).toContain('Threads run here as they should.');
  expect([...stdout].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
});
