import {
  ConcurrencyLimit,
  callback,
  Executor,
  explain,
  fromModule,
  InlineExecutor,
  KeyedConcurrencyLimit,
  partial,
  runInExecutor,
  setDefaultExecutor,
  sleepSync,
  transfer,
} from 'run-in-executor';
import { benchmarkPoolSizes } from 'run-in-executor/bench';
import { describe, expect, test } from 'vitest';

const inline = Math.max;
const executor = new Executor({ maxThreads: 1 });
const other = <T>(value: unknown) => value as T;

type Mistake = readonly [options: object, told: string];

describe('an option that is wrong is named, with what it takes and what came:', () => {
  const takesOptions: Record<string, [(options: never) => unknown, Mistake[]]> = {
    'new Executor': [
      (options) => new Executor(options),
      [
        [{ maxThreads: 0 }, 'Executor: maxThreads takes a whole number from 1: received 0'],
        [{ maxThreads: '4' }, "Executor: maxThreads takes a whole number from 1: received '4'"],
        [{ maxThreads: 1.5 }, 'Executor: maxThreads takes a whole number from 1: received 1.5'],
        [{ maxThreads: Number.POSITIVE_INFINITY }, 'Executor: maxThreads takes a whole number from 1: received Infinity'],
        [{ max_threads: 4 }, 'Executor has no option max_threads: it is called maxThreads'],
        [{ max_workers: 4 }, 'Executor has no option max_workers: it takes maxThreads, '],
        [other(4), 'Executor takes an object of options: received 4'],
        [other(null), 'Executor takes an object of options: received null'],
        [{ minThreads: -1 }, 'Executor: minThreads takes a whole number from 0: received -1'],
        [{ minThreads: 4, maxThreads: 2 }, 'Executor: minThreads takes at most maxThreads (2): received 4'],
        [{ idleTimeout: '30s' }, "Executor: idleTimeout takes milliseconds, 0 or more (Infinity: no limit): received '30s'"],
        [{ maxQueue: true }, 'Executor: maxQueue takes a whole number from 0 (Infinity: no bound): received true'],
        [{ initializer: './init.js' }, "Executor: initializer takes a function: received './init.js'"],
        [{ initializerArgs: { a: 1 } }, 'Executor: initializerArgs takes an array of arguments: received { a: 1 }'],
        [{ finalizer: {} }, 'Executor: finalizer takes a function: received {}'],
        [{ functions: 'value' }, "Executor: functions takes 'any' or 'reference': received 'value'"],
        [{ defaults: 5 }, 'Executor: defaults takes an object: received 5'],
        [{ defaults: { timeOut: 5 } }, 'Executor defaults has no option timeOut: it is called timeout'],
        [{ resourceLimits: 256 }, 'Executor: resourceLimits takes an object: received 256'],
        [{ resourceLimits: { maxOldGenerationSizeMB: 256 } }, 'resourceLimits has no option maxOldGenerationSizeMB: it is called maxOldG'],
        [{ resourceLimits: { stackSizeMb: '4' } }, 'Executor resourceLimits: stackSizeMb takes MiB, a number from 0.3 to 1000000 '],
        [{ resourceLimits: { stackSizeMb: 0.1 } }, '(with another, Node ends the whole process): received 0.1'],
        [{ resourceLimits: { stackSizeMb: Number.POSITIVE_INFINITY } }, 'a number from 0.3 to 1000000 '],
        [{ resourceLimits: { maxOldGenerationSizeMb: 1 } }, 'maxOldGenerationSizeMb takes MiB, a number from 3 '],
        [{ resourceLimits: { codeRangeSizeMb: 1e9 } }, 'codeRangeSizeMb takes MiB, a number above 0 to 1000000 '],
        [{ env: 'A=1' }, "Executor: env takes an object: received 'A=1'"],
        [{ execArgv: '--no-warnings' }, "Executor: execArgv takes an array of strings: received '--no-warnings'"],
        [{ execArgv: [1] }, 'Executor: execArgv takes an array of strings: received [ 1 ]'],
        [
          { context: [new Map()] },
          'Executor: context takes an array of AsyncLocalStorage, or of functions that return one: received [ Map(0) {} ]',
        ],
        [{ maxTasksPerThread: 0 }, 'Executor: maxTasksPerThread takes a whole number from 1 (Infinity: never): received 0'],
        [{ niceIncrement: -1 }, 'Executor: niceIncrement takes a whole number from 0: received -1'],
        [{ maxHeapPerThread: 0 }, 'Executor: maxHeapPerThread takes a number above 0: received 0'],
        [{ verify: 'yes' }, "Executor: verify takes true or false, or 'throw', or a function: received 'yes'"],
        [{ name: 5 }, 'Executor: name takes a string: received 5'],
      ],
    ],
    'run.with': [
      (options) => executor.run.with(options),
      [
        [{ timeout: '500' }, "with(): timeout takes milliseconds, 0 or more (Infinity: no limit): received '500'"],
        [{ timeout: -1 }, 'with(): timeout takes milliseconds, 0 or more (Infinity: no limit): received -1'],
        [{ signal: new AbortController() }, 'with(): signal takes an AbortSignal: received AbortController'],
        [{ priority: Number.NaN }, 'with(): priority takes a number: received NaN'],
        [{ retries: 1.5 }, 'with(): retries takes a whole number from 0 (Infinity: as often as it takes): received 1.5'],
        [{ gracePeriod: 'x' }, 'with(): gracePeriod takes milliseconds, 0 or more (Infinity: no limit), or a function: received'],
        [other(undefined), 'with() takes an object of options: received undefined'],
      ],
    ],
    wrap: [(options) => executor.wrap(inline, options), [[{ timeOut: 5 }, 'wrap() has no option timeOut: it is called timeout']]],
    map: [
      (options) => executor.map(inline, [1], options).toArray(),
      [
        [{ chunkSize: 0 }, "map(): chunkSize takes a whole number from 1, or 'auto': received 0"],
        [{ chunksize: 2 }, 'map() has no option chunksize: it is called chunkSize'],
        [{ lookahead: 0 }, 'map(): lookahead takes a whole number from 1 (Infinity: all): received 0'],
      ],
    ],
    resize: [
      ({ to }: { to: number }) => executor.resize(to),
      [
        [{ to: 0 }, 'resize(): maxThreads takes a whole number from 1: received 0'],
        [{ to: '2' }, "resize(): maxThreads takes a whole number from 1: received '2'"],
        [{}, 'resize(): maxThreads takes a whole number from 1: received undefined'],
      ],
    ],
    trace: [(options) => executor.trace(options), [[{ maxTask: 5 }, 'trace() has no option maxTask: it takes maxTasks']]],
    ready: [
      (options) => executor.ready(options),
      [
        [{ signal: 5 }, 'ready(): signal takes an AbortSignal: received 5'],
        [other(null), 'ready() takes an object of options: received null'],
      ],
    ],
    close: [
      (options) => executor.close(options),
      [
        [{ timeout: '5' }, "close(): timeout takes milliseconds, 0 or more (Infinity: no limit): received '5'"],
        [{ timeOut: 5 }, 'close() has no option timeOut: it is called timeout'],
        [other(null), 'close() takes an object of options: received null'],
      ],
    ],
    benchmarkPoolSizes: [
      (options) => benchmarkPoolSizes(inline, [1], options),
      [
        [{ maxtime: 1 }, 'Cannot measure with an option maxtime: there are threads, '],
        [{ threads: 0 }, 'Cannot measure with this threads: it takes a list of whole numbers from 1 to 1024, received 0'],
      ],
    ],
  };
  for (const [name, [call, mistakes]] of Object.entries(takesOptions)) {
    test.each(mistakes)(`${name}(%j)`, async (options, told) => {
      await expect(async () => call(options as never)).rejects.toThrow(told);
    });
  }
});

describe('an argument that is wrong is told by its kind, with the way out:', () => {
  const mistakes: Record<string, [() => unknown, string]> = {
    'the promise in place of the function': [
      () => runInExecutor(other<() => void>(Promise.resolve(1))),
      'Cannot run what is not a function: received a promise; pass the function and its arguments, run(fn, ...args), and not what it returns',
    ],
    'the result in place of the function': [
      () => runInExecutor(other<() => void>(inline(1, 2))),
      'received a number; pass the function and',
    ],
    'nothing at all': [() => runInExecutor(other<() => void>(undefined)), 'Cannot run what is not a function: received undefined'],
    'the items before the function': [() => executor.map(other<() => void>([1]), [1]).toArray(), 'received an array'],
    'no items': [() => executor.map(inline, other<[]>(undefined)).toArray(), 'Cannot map over undefined: it takes an array, or'],
    'a count in place of items': [() => executor.map(inline, other<[]>(5)).toArray(), 'Cannot map over a number: it takes an array, or'],
    'a stream of what is no generator': [() => executor.stream(() => other<[]>(5)).next(), 'it returned nothing that can be iterated'],
    'named arguments by position': [() => runInExecutor.named(inline, other({})), 'pass positional arguments'],
    'named arguments as an array': [() => runInExecutor.named((a: number) => a, other([1])), 'received an array'],
    'nothing to warm up with': [
      () => executor.warmUp(other<() => void>(5)),
      'Cannot warm up what is not a function: received a number; pass the functions themselves, warmUp(fn)',
    ],
    'no options of acquire()': [
      () => new ConcurrencyLimit(1).acquire(other<object>(5)),
      'Cannot acquire a place with a number: options are needed, as { signal }',
    ],
    'no options of acquire() for a key': [
      () => new KeyedConcurrencyLimit(1).acquire('a', other<object>('a')),
      'Cannot acquire a place with a string: options are needed, as { signal }',
    ],
    'nothing to wrap': [() => executor.wrap(other<() => void>(5)), 'Cannot wrap what is not a function: received a number'],
    'nothing to bind to': [() => partial(other<() => void>({})), 'Cannot bind arguments to what is not a function: received an object'],
    'nothing to call back': [() => callback(other<() => void>(5)), 'Cannot call back what is not a function: received a number'],
    'nothing to explain': [() => explain(other(null)), 'Cannot explain what is not a function: received null'],
    'what has no memory to transfer': [() => transfer(undefined), 'Cannot transfer undefined: only memory, ports and streams can move'],
    'what to transfer, without a list': [() => transfer({}, other(5)), 'Cannot transfer what a number holds: a list is needed'],
    'a relative module': [() => fromModule('./report.js'), 'write fromModule(new URL("./report.js", import.meta.url))'],
    'no module': [() => fromModule(other(5)), 'Cannot name a module by what is neither a URL nor a string: received a number'],
    'no limit': [() => new ConcurrencyLimit(0), 'a whole number from 1 up, or Infinity, is needed, received 0'],
    'no keys': [() => new KeyedConcurrencyLimit(1).wrap(inline, other(undefined)), 'Cannot tell keys by what is not a function'],
    'a time in words': [() => sleepSync(other('1')), 'Cannot sleep for a string: sleepSync takes milliseconds, 0 or more'],
    'no executor': [() => setDefaultExecutor(other({})), 'Cannot make an object the default executor: it has no run(); pass an Executor'],
    'one argument in place of a list': [
      () => benchmarkPoolSizes(inline, other(5)),
      'an array is needed, or a function that makes one, received 5',
    ],
  };
  test.each(Object.entries(mistakes))('%s', async (_, [call, told]) => {
    await expect(async () => call()).rejects.toThrow(told);
  });
});

test.each([Executor, InlineExecutor])('arguments of the initializer that cannot cross are named as such: %o', async (made) => {
  const each = new made({ maxThreads: 1, initializer: inline, initializerArgs: [{ cache: new WeakMap() }] });
  await expect(each.run(inline, 1)).rejects.toMatchObject({
    path: 'initializerArgs[0].cache',
    message: expect.stringContaining('Cannot send initializerArgs[0].cache across threads') as string,
  });
  await each.close();
});
