/**
 * The one Piscina pool of an executor, with all of it turned off that `Threads` does by itself.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Piscina as PiscinaPool } from 'piscina';
import { nodesGlobal } from '../../transport/own/nodes-realm.js';
import { OWN_HOME } from '../../transport/own/own-home.js';
import { ownRequire } from '../../transport/own/own-require.js';
import { THREAD_MARK } from '../../transport/own/thread-state.js';
import type { StrayMessage } from '../../transport/protocol.js';
import { threadFlags } from './thread-flags.js';

export interface ThreadOptions {
  readonly maxThreads: number;
  readonly resourceLimits?: object | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly execArgv?: string[] | undefined;
  /** Made before, with its first thread. */
  readonly piscina?: Piscina | undefined;
}

type PiscinaOptions = NonNullable<ConstructorParameters<typeof PiscinaPool>[0]>;

export type LoadBalancer = NonNullable<PiscinaOptions['loadBalancer']>;

export interface PiscinaListener {
  /** Which thread a task goes to. */
  readonly threadFor: LoadBalancer;
  /** A thread reported an error; a start that failed does, too. */
  failed(error: unknown): void;
  threadEnded(): void;
}

export interface Piscina {
  readonly pool: PiscinaPool;
  /** Set by whoever uses it, before anything else has its turn. */
  listener: PiscinaListener | undefined;
  /** Under this key of a Piscina task stands whatever `threadFor` needs to know of it. */
  readonly laneOf: symbol;
}

/** Throws where the library was bundled without the file that its threads run, or the program has taken away what no thread starts without. */
export function makePiscina(options: ThreadOptions): Piscina {
  refuseWithoutGlobals();
  if (!existsSync(THREAD_FILE)) {
    throw new Error(
      `run-in-executor cannot find its own thread file (${THREAD_FILE || 'workers/thread.cjs'}): if the program is bundled, mark "run-in-executor" as external, or keep it in node_modules beside the bundle, in the version that is in it`,
    );
  }
  const { Piscina } = ownRequire('piscina') as typeof import('piscina');
  const loadBalancer: LoadBalancer = (task, workers) => made.listener?.threadFor(task, workers) ?? null;
  const pool = withFirstThread(Piscina, { ...piscinaOptions(options), loadBalancer });
  const made: Piscina = { pool, laneOf: Piscina.queueOptionsSymbol, listener: undefined };
  pool.on('error', (error) => made.listener?.failed(error));
  pool.on('workerDestroy', () => made.listener?.threadEnded());
  // Piscina hands through whatever is posted on a thread's `parentPort`: our own word of strays, and what a user's code posts to nobody.
  pool.on('message', (message: unknown) => {
    if (isStray(message)) process.emitWarning(message.text, 'StrayErrorWarning', 'RUN_IN_EXECUTOR_STRAY');
  });
  return made;
}

/** Piscina starts a thread and then fails where one of these is not there: nobody could end that thread, and the process would not end. */
function refuseWithoutGlobals(): void {
  const missing = NEEDED.find((name) => Reflect.get(nodesGlobal(), name) === undefined);
  if (missing !== undefined)
    throw new Error(`run-in-executor cannot start threads without globalThis.${missing}, which this program has taken away: put it back`);
}

const NEEDED = ['AbortController', 'Atomics', 'Int32Array', 'Map', 'Set', 'SharedArrayBuffer', 'queueMicrotask'];

/**
 * With a thread that Piscina takes for ready before it is: the first lane's task lies at its door when it has started, instead of being
 * handed over when it has said so, which takes a cold process 2 ms more.
 */
function withFirstThread(Piscina: typeof PiscinaPool, options: PiscinaOptions): PiscinaPool {
  try {
    const pool = new Piscina({ ...options, minThreads: 1 });
    pool.options.minThreads = 0;
    return pool;
  } catch {
    // `new Worker` refuses these options: the first lane that wants a thread is told.
    return new Piscina(options);
  }
}

/** What runs in every thread. It is loaded before anything of the user's, and cannot fail. */
const THREAD_FILE = OWN_HOME === undefined ? '' : fileURLToPath(`${OWN_HOME}workers/thread.cjs`);

function piscinaOptions({ maxThreads, resourceLimits, env, execArgv }: ThreadOptions) {
  const flags = threadFlags(execArgv);
  return {
    filename: THREAD_FILE,
    minThreads: 0,
    maxThreads,
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: 1,
    atomics: 'disabled' as const,
    recordTiming: false,
    // Packages for the web's workers (web-worker, and so elkjs and ow) take it apart as they load, and nothing cannot be taken apart.
    workerData: { [THREAD_MARK]: true },
    ...(resourceLimits === undefined ? {} : { resourceLimits }),
    ...(env === undefined ? {} : { env }),
    ...(flags === undefined ? {} : { execArgv: flags }),
  };
}

function isStray(message: unknown): message is StrayMessage {
  return typeof message === 'object' && message !== null && (message as StrayMessage).type === 'run-in-executor:stray';
}
