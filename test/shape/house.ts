/**
 * The house on one page: its rooms, what each is for, and which rooms it may import from. The tests beside this file hold it true.
 *
 *   errors ──▶ limits ────────┐
 *      └─────▶ transport ──▶ pool ──▶ observe ──▶ executor ──▶ integrations, benchmark ──▶ cli
 *                  └───────▶ workers
 *
 * A room that has grown has rooms of its own. They import one way, too, and nothing of what stands above them: in src/pool
 *
 *   task ──▶ queue ─────▶ dispatch ──▶ threads ──▶ lanes.ts ──▶ pool.ts
 *     └────▶ lane ──────────┘ └────▶ stats ──────────┘
 *
 * and in src/transport
 *
 *   own ──▶ inspect, syntax ──▶ functions ──▶ values ──▶ closures ──▶ describe, rebuild, context ──▶ calls ──▶ streams
 *    └────▶ shared-memory
 */
export interface Room {
  /** A folder, or a file alone. */
  readonly path: string;
  readonly purpose: string;
  /** The rooms that it imports from, besides itself and the rooms in it. One that is named stands for the rooms in it, too. */
  readonly from: readonly string[];
}

export const rooms: readonly Room[] = [
  { path: 'src/errors.ts', purpose: 'every error, its code, its "when" and its way out', from: [] },
  { path: 'src/limits', purpose: 'who may go now; knows nothing of threads', from: ['src/errors.ts'] },
  { path: 'src/transport', purpose: 'how functions and values cross; used by both sides', from: ['src/errors.ts'] },
  {
    path: 'src/transport/own',
    purpose: 'what is this library’s own: its globals, files, `require`, and what all copies of it share',
    from: [],
  },
  {
    path: 'src/transport/shared-memory',
    purpose: 'how far each call has come, who is awake, and calls that need no message',
    from: ['src/transport/own'],
  },
  {
    path: 'src/transport/inspect',
    purpose: 'what V8 tells of functions',
    from: ['src/transport/own', 'src/transport/any-function.ts', 'src/transport/is-object.ts'],
  },
  {
    path: 'src/transport/syntax',
    purpose: 'what the source text of functions and files says',
    from: [
      'src/transport/own',
      'src/transport/any-function.ts',
      'src/transport/described.ts',
      'src/transport/packed.ts',
      'src/transport/protocol.ts',
    ],
  },
  transport('functions', 'what leads to a function from elsewhere: its name, its module, its place in it', ['own', 'inspect', 'syntax']),
  transport('values', 'how values are packed for the way, and made again', ['own', 'inspect', 'syntax', 'functions']),
  transport('closures', 'what a function needs around it: variables, imports, what its module keeps to itself', [
    'own',
    'inspect',
    'syntax',
    'functions',
    'values',
  ]),
  transport('describe', 'which way a function goes', ['inspect', 'functions', 'values', 'closures']),
  transport('rebuild', 'a function is made again where it arrives', ['own', 'inspect', 'functions', 'values', 'closures']),
  transport('context', 'which stores follow a call', ['own', 'inspect', 'functions', 'closures']),
  transport('calls', 'one call and its outcome, as they travel', [
    'own',
    'functions',
    'values',
    'closures',
    'describe',
    'rebuild',
    'context',
  ]),
  transport('streams', 'outcomes of many parts', ['own', 'functions', 'values', 'calls']),
  { path: 'src/pool', purpose: 'takes tasks, and settles each exactly once', from: ['src/errors.ts', 'src/limits', 'src/transport'] },
  { path: 'src/pool/after.ts', purpose: 'timers for any length of time', from: ['src/transport'] },
  { path: 'src/pool/task', purpose: 'one call, from its submit to its end', from: ['src/errors.ts', 'src/transport'] },
  {
    path: 'src/pool/queue',
    purpose: 'who waits, in which order, and how many may',
    from: ['src/limits', 'src/transport', 'src/pool/task'],
  },
  { path: 'src/pool/lane', purpose: 'the calls on their way to one thread', from: ['src/transport', 'src/pool/task'] },
  {
    path: 'src/pool/dispatch',
    purpose: 'what goes to which lane, and when',
    from: ['src/transport', 'src/pool/task', 'src/pool/queue', 'src/pool/lane'],
  },
  {
    path: 'src/pool/threads',
    purpose: 'how threads start, rest, end and die',
    from: ['src/errors.ts', 'src/transport', 'src/pool/after.ts', 'src/pool/task', 'src/pool/lane', 'src/pool/dispatch'],
  },
  { path: 'src/pool/stats', purpose: 'what is counted and measured', from: ['src/transport', 'src/pool/task', 'src/pool/lane'] },
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

/** What is sent, and what the rooms of src/transport have to know of one another's work, is in files that stand beside them. */
function transport(room: string, purpose: string, from: readonly string[]): Room {
  const beside = [
    'any-function.ts',
    'context-store.ts',
    'described.ts',
    'packed.ts',
    'is-object.ts',
    'protocol.ts',
    'thenable.ts',
    'words-of.ts',
  ];
  return {
    path: `src/transport/${room}`,
    purpose,
    from: ['src/errors.ts', ...[...beside, ...from].map((name) => `src/transport/${name}`)],
  };
}

/** Whether it is that place, or in it. */
export function isIn(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

/** What only one room may know of, so that replacing it touches that room alone. */
export const secrets = [
  { what: 'piscina', in: ['src/pool/threads'] },
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
