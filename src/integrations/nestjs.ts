/**
 * Executors in a Nest application: injected by namespace, drained after its last answer.
 *
 * There is no method decorator here. A method of a provider has the provider for its `this`, with all that was injected there, and a copy
 * of that cannot go to a thread. What runs there is a function of a module, and what is injected is the executor.
 *
 * @module
 */
import {
  type DynamicModule,
  type FactoryProvider,
  Inject,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import type { ExecutorLike, ExecutorOptions } from '../index.js';
import { givenOrNew } from './given-or-new.js';

/** What the module takes: the options of an executor, or one that is there already. */
export interface ExecutorModuleOptions extends ExecutorOptions {
  /** One made elsewhere, in place of options for a new one. Whoever made it closes it. */
  executor?: ExecutorLike | undefined;
  /** ms that tasks have to end when the application shuts down; then they are terminated. Default 10,000. */
  drainTimeout?: number | undefined;
}

/** How the module is registered. */
export interface ExecutorModuleExtras {
  /** What to inject it by: `@InjectExecutor('reports')`. Default: 'default', which `@InjectExecutor()` means. */
  namespace?: string | undefined;
  /** false: only for modules that import this one. Default true: registered once, injected anywhere. */
  isGlobal?: boolean | undefined;
}

/** What `forRootAsync` takes: a factory for the options, with what is injected into it. */
export interface ExecutorModuleAsyncOptions
  extends ExecutorModuleExtras,
    Pick<ModuleMetadata, 'imports'>,
    Pick<FactoryProvider<ExecutorModuleOptions>, 'useFactory' | 'inject'> {}

/** Shorter than the 30 s after which orchestrators kill, with time left for what else has to close. */
const DRAIN_TIMEOUT = 10_000;

const OPTIONS = 'run-in-executor/options';

/**
 * The module of an executor; imported once for each.
 *
 * It closes with the application, after the server has given its last answer: on `app.close()`, and on signals where
 * `app.enableShutdownHooks()` was called.
 *
 * @example
 * imports: [ExecutorModule.forRoot({ maxThreads: 4, maxQueue: 100 })]
 */
// biome-ignore lint/complexity/noStaticOnlyClass: Nest knows modules by their classes
export class ExecutorModule {
  /** An executor of these options. Throws TypeError or RangeError, as the application starts, for invalid options. */
  static forRoot({ namespace, isGlobal, ...options }: ExecutorModuleOptions & ExecutorModuleExtras = {}): DynamicModule {
    return moduleOf({ namespace, isGlobal }, { provide: OPTIONS, useValue: options }, []);
  }

  /** The same, with options that depend on other providers: `{ inject: [ConfigService], useFactory: (config) => ({ … }) }`. */
  static forRootAsync({ useFactory, inject = [], imports = [], ...extras }: ExecutorModuleAsyncOptions): DynamicModule {
    return moduleOf(extras, { provide: OPTIONS, useFactory, inject }, imports);
  }
}

Module({})(ExecutorModule);

/** Injects the executor of a namespace: `constructor(@InjectExecutor() private readonly executor: ExecutorLike)`. */
export function InjectExecutor(namespace?: string): ParameterDecorator & PropertyDecorator {
  return Inject(getExecutorToken(namespace));
}

/** What Nest knows the executor of a namespace by: for `inject`, and for `overrideProvider(getExecutorToken())` in tests. */
export function getExecutorToken(namespace = 'default'): string {
  return `run-in-executor/${namespace}`;
}

function moduleOf(
  { namespace, isGlobal = true }: ExecutorModuleExtras,
  options: Provider,
  imports: NonNullable<ModuleMetadata['imports']>,
): DynamicModule {
  const token = getExecutorToken(namespace);
  const providers: Provider[] = [
    options,
    { provide: token, inject: [OPTIONS], useFactory: (given: ExecutorModuleOptions) => executorOf(given, namespace) },
    {
      provide: Drain,
      inject: [token, OPTIONS],
      useFactory: (executor: ExecutorLike, given: ExecutorModuleOptions) => new Drain(executor, given),
    },
  ];
  return { module: ExecutorModule, global: isGlobal, imports, providers, exports: [token] };
}

function executorOf({ executor, drainTimeout: _, ...options }: ExecutorModuleOptions, namespace: string | undefined): ExecutorLike {
  return givenOrNew(executor, options, namespace);
}

/** Nest calls it when the server has closed: by then all requests have their answers. */
class Drain implements OnApplicationShutdown {
  readonly #executor: ExecutorLike;
  readonly #options: ExecutorModuleOptions;

  constructor(executor: ExecutorLike, options: ExecutorModuleOptions) {
    this.#executor = executor;
    this.#options = options;
  }

  async onApplicationShutdown(): Promise<void> {
    const { executor, drainTimeout = DRAIN_TIMEOUT } = this.#options;
    if (executor === undefined) await this.#executor.close({ timeout: drainTimeout });
  }
}
