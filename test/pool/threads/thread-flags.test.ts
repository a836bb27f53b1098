import { describe, expect, it } from 'vitest';
import { threadFlags } from '../../../src/pool/threads/thread-flags.js';

describe('the flags of a thread', () => {
  it.each([
    { inherited: [], flags: undefined },
    { inherited: ['--import', 'tsx'], flags: undefined },
    { inherited: ['--max-old-space-size=100', '--enable-source-maps'], flags: undefined },
    { inherited: ['--input-type=module'], flags: [] },
    { inherited: ['--input-type', 'module', '-e', 'text'], flags: [] },
    { inherited: ['--input-type=module', '--import', 'tsx', '--enable-source-maps'], flags: ['--import', 'tsx', '--enable-source-maps'] },
    {
      inherited: ['--input-type=module', '--import=tsx', '-r', './a.cjs', '-C', 'development'],
      flags: ['--import=tsx', '-r', './a.cjs', '-C', 'development'],
    },
    { inherited: ['--input-type=module', '--inspect=0', '--expose-gc', '--title=x'], flags: [] },
  ])('of a process with $inherited are $flags (undefined: as they are)', ({ inherited, flags }) => {
    expect(threadFlags(undefined, inherited)).toEqual(flags);
  });

  it('that the user gives are passed on as they are', () => {
    expect(threadFlags(['--input-type=module', '--whatever'], ['--import', 'tsx'])).toEqual(['--input-type=module', '--whatever']);
    expect(threadFlags([], ['--input-type=module'])).toEqual([]);
  });
});
