// TypeScript without a build.
import { flavours } from '../programs.mjs';

export default [
  {
    name: 'tsx',
    title: 'TypeScript under tsx',
    prepare: (project) => {
      project.write('program.mts', flavours.decorated());
      project.circular('program.mts');
    },
    args: ['--import', 'tsx', 'program.mts'],
  },
  {
    name: 'tsx-cts',
    title: 'TypeScript under tsx, CommonJS',
    prepare: (project) => project.write('program.ts', flavours.transformedCommonjs()),
    args: ['node_modules/tsx/dist/cli.mjs', 'program.ts'],
  },
  {
    name: 'strip',
    title: 'TypeScript, types stripped by Node',
    from: 22,
    prepare: (project) => {
      project.write('program.mts', flavours.stripped());
      project.circular('program.mts');
    },
    args: ['program.mts'],
  },
];
