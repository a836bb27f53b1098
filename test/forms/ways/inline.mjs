// Programs without a file.
import { flavours } from '../programs.mjs';

export default [
  { name: 'eval', title: '`node -e`', args: () => ['-e', flavours.commonjs()] },
  { name: 'eval-esm', title: '`node --input-type=module -e`', args: () => ['--input-type=module', '-e', flavours.inlineEsm()] },
  { name: 'stdin', title: 'standard input', args: ['-'], input: flavours.commonjs },
  { name: 'stdin-esm', title: 'standard input, an ES module', args: ['--input-type=module', '-'], input: flavours.inlineEsm },
  // The REPL ends with its input: that is held open until the forms are through.
  { name: 'repl', title: 'the REPL', args: ['-i'], input: flavours.commonjs, holdInput: true },
];
