import type { KnipConfig } from 'knip';

export default {
  entry: [
    'src/index.ts',
    'src/benchmark/index.ts',
    'src/cli/bench/page/page.ts',
    'src/cli/main.ts',
    'src/transport/own/installed-copy.ts',
    'src/integrations/{fastify,health,nestjs,opentelemetry,prometheus}.ts',
    'src/cli/{find,trace}/preload.ts',
    'workers/{lane,resolve,stream}.ts',
    'workers/thread.cts',
    'test/types/*.test-d.ts',
    'test/package/programs/{program,smoke}.*',
    'test/forms/{run,matrix}.mjs',
    'test/model/run.mjs',
    'test/faults/{child,table}.mjs',
    'test/verify/suite.cjs',
    'test/model/{run,program}.mjs',
    'examples/{,demo/}*.{ts,mjs,cjs}',
    'bench/{,programs/}*.ts',
    '.ci/*.mjs',
    'README.md',
    'docs/*.md',
  ],
  project: [
    'src/**/*.ts',
    'workers/**/*.ts',
    'test/**/*.{ts,mjs,cjs}',
    'bench/**/*.ts',
    'examples/**/*.{ts,mjs,cjs}',
    'README.md',
    'docs/*.md',
  ],
  ignore: ['examples/service/**', 'test/fixtures/**', 'test/corpus/**', 'test/forms/sources/**'],
  ignoreExportsUsedInFile: { interface: true, type: true },
  // The programs of the pages run in the tests, so what they import is used. Files of their own stand on the page.
  compilers: { md: (page: string) => programs(page).flatMap(imports).join('\n') },
} satisfies KnipConfig;

function programs(page: string): string[] {
  return page.match(/^```[jt]s (run|file=).*?^```$/gms) ?? [];
}

function imports(program: string): string[] {
  return program.match(/^import .* from '[^.'].*';$/gm) ?? [];
}
