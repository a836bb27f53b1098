/**
 * The house on one page: its rooms, what each is for, and which rooms it may import from. The tests beside this file hold it true.
 *
 *   errors ──▶ limits ────────┐
 *      └─────▶ transport ──▶ pool ──▶ observe ──▶ executor ──▶ integrations, benchmark ──▶ cli
 *                  └───────▶ workers
 */
export interface Room {
  /** A folder, or a file alone. */
  readonly path: string;
  readonly purpose: string;
  /** The rooms that it imports from, besides itself. */
  readonly from: readonly string[];
}

export const rooms: readonly Room[] = [
  { path: 'src/errors.ts', purpose: 'every error, its code, its "when" and its way out', from: [] },
  { path: 'src/limits', purpose: 'who may go now; knows nothing of threads', from: ['src/errors.ts'] },
  { path: 'src/transport', purpose: 'how functions and values cross; used by both sides', from: ['src/errors.ts'] },
  { path: 'src/pool', purpose: 'the queue, the lanes, the threads', from: ['src/errors.ts', 'src/limits', 'src/transport'] },
  { path: 'src/observe', purpose: 'what is told of tasks: traces, and what metrics share', from: ['src/transport', 'src/pool'] },
  { path: 'src/executor', purpose: 'the front door', from: ['src/errors.ts', 'src/limits', 'src/transport', 'src/pool', 'src/observe'] },
  {
    path: 'src/index.ts',
    purpose: 'contents page: exports only',
    from: ['src/errors.ts', 'src/limits', 'src/transport', 'src/pool', 'src/executor', 'src/observe'],
  },
  { path: 'src/integrations', purpose: 'one file a host', from: ['src/index.ts', 'src/observe'] },
  { path: 'src/benchmark', purpose: 'how many threads, measured on a function of yours', from: ['src/index.ts'] },
  { path: 'src/cli', purpose: 'the command line', from: ['src/index.ts', 'src/observe', 'src/benchmark'] },
  { path: 'workers', purpose: 'what runs in a thread', from: ['src/errors.ts', 'src/transport'] },
  { path: 'bench', purpose: 'this library beside its peers', from: [] },
  { path: 'examples', purpose: 'programs that run in the tests', from: [] },
];

/** What only one room may know of, so that replacing it touches that room alone. */
export const secrets = [
  { what: 'piscina', in: ['src/pool'] },
  // The command line profiles programs with it; it reads no function.
  { what: 'node:inspector', in: ['src/transport', 'src/cli'] },
  { what: 'inspector', in: ['src/transport'] },
  // The command line reads whole files, to say which line of them to change.
  { what: 'acorn', in: ['src/transport', 'src/cli'] },
  { what: 'eslint-scope', in: ['src/transport'] },
] as const;

export const longestFile = 250;
export const medianFile = 100;
export const emptyNames = ['utils', 'util', 'common', 'helpers', 'helper', 'misc'];
