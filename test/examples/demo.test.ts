import { expect, it } from 'vitest';
import { outputOf } from './timeline.js';

it('the demo gets equal results both ways, and shows it without colours or control characters when piped', async () => {
  const output = await outputOf('examples/demo/demo.mjs', { DEMO_EVERY: '10' });
  expect(output).toMatch(/The 1\d results \(\d\.\d MB\) are equal, byte for byte\./);
  expect(output).toMatch(/^ {2}main thread .*r.*v/m);
  expect(output).toMatch(/^ {2}thread 1 /m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  expect(output).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
});
