import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from './source.js';

/** The public surface. Whoever changes it changes this list, on purpose, and CHANGELOG.md. */
const values = [
  'ConcurrencyLimit',
  'Executor',
  'ExecutorClosedError',
  'ExecutorError',
  'FunctionNotSendableError',
  'InitializerError',
  'InlineExecutor',
  'KeyedConcurrencyLimit',
  'MismatchError',
  'NamedArgumentError',
  'QueueFullError',
  'TaskTimeoutError',
  'ThreadExitedError',
  'ThreadOutOfMemoryError',
  'Trace',
  'ValueNotSendableError',
  'callback',
  'currentThread',
  'explain',
  'fromModule',
  'getDefaultExecutor',
  'partial',
  'runInExecutor',
  'setDefaultExecutor',
  'sleepSync',
  'transfer',
];

const types = [
  'ContextMessage',
  'CurrentThread',
  'Difference',
  'ExecutorLike',
  'ExecutorOptions',
  'ExecutorStats',
  'ExplainedCapture',
  'Explanation',
  'Fn',
  'FunctionLedger',
  'MapOptions',
  'MapResult',
  'NamedArguments',
  'NestedRun',
  'ResourceLimits',
  'Run',
  'Stretch',
  'Summary',
  'TaskMessage',
  'TaskOptions',
  'ThreadMessage',
  'TraceEvent',
  'TraceFile',
  'TraceOptions',
  'TraceSummary',
  'Verify',
];

test('the package exports these values and no others', async () => {
  expect(Object.keys(await import('run-in-executor')).sort()).toEqual(values);
});

test('its benchmark exports these values and no others', async () => {
  expect(Object.keys(await import('run-in-executor/bench')).sort()).toEqual(['benchmarkPoolSizes', 'throughputAt']);
});

test('the package exports these types and no others', () => {
  expect(exportedTypes()).toEqual(types);
});

test('a class is exported under its own name', async () => {
  const exported = Object.entries(await import('run-in-executor'));
  const misnamed = exported.filter(([name, value]) => /^[A-Z]/.test(name) && (value as { name: string }).name !== name);
  expect(misnamed.map(([name]) => name)).toEqual([]);
});

function exportedTypes(): string[] {
  const entry = `${root}dist/src/index.d.ts`;
  const program = ts.createProgram([entry], { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, types: ['node'] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) return [];
  const resolved = checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
  return resolved
    .filter((symbol) => !(symbol.flags & ts.SymbolFlags.Value))
    .map((symbol) => symbol.name)
    .sort();
}
