import 'reflect-metadata';
import { request } from 'node:http';
import { Controller, Get, type INestApplication, Module, type ModuleMetadata, Param, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { currentThread, Executor, type ExecutorLike, InlineExecutor } from 'run-in-executor';
import { ExecutorModule, getExecutorToken, InjectExecutor } from 'run-in-executor/nestjs';
import { afterEach, describe, expect, test } from 'vitest';

const open: INestApplication[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((application) => application.close()));
});

// Decorators are called here, and not written: those of Nest are TypeScript's legacy ones, and this repository has the standard ones.
// docs/how-do-i-use-it-in-a-service.md has them written, and runs in the tests as well.

class Controlled {
  readonly executor: ExecutorLike;
  readonly reports: ExecutorLike | undefined;

  constructor(executor: ExecutorLike, reports?: ExecutorLike) {
    this.executor = executor;
    this.reports = reports;
  }

  async where(): Promise<unknown[]> {
    return [await this.executor.run(whereAmI), await this.reports?.run(whereAmI)];
  }

  async slow(name: string): Promise<unknown> {
    return this.executor.run(waitAt, gates.get(name) as Int32Array);
  }
}

function controller(withReports: boolean): Type<Controlled> {
  class Made extends Controlled {}
  Controller()(Made);
  InjectExecutor()(Made, undefined, 0);
  if (withReports) InjectExecutor('reports')(Made, undefined, 1);
  const method = (name: string) => Object.getOwnPropertyDescriptor(Controlled.prototype, name) as PropertyDescriptor;
  Get('where')(Made.prototype, 'where', method('where'));
  Get('slow/:name')(Made.prototype, 'slow', method('slow'));
  Param('name')(Made.prototype, 'slow', 0);
  return Made;
}

async function application(imports: NonNullable<ModuleMetadata['imports']>, withReports = false): Promise<INestApplication> {
  class AppModule {}
  Module({ imports, controllers: [controller(withReports)] })(AppModule);
  const created = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  await created.listen(0, '127.0.0.1');
  open.push(created);
  return created;
}

async function ask(application: INestApplication, path: string): Promise<unknown> {
  const response = await fetch(`${await application.getUrl()}${path}`, { headers: { connection: 'close' } });
  return response.json();
}

describe('the module', () => {
  test('injects executors by namespace, of options and of a factory', async () => {
    class Config {
      threads = 1;
    }
    class ConfigModule {}
    Module({ providers: [Config], exports: [Config] })(ConfigModule);
    const nest = await application(
      [
        ExecutorModule.forRoot({ name: 'pool', maxThreads: 1 }),
        ExecutorModule.forRootAsync({
          namespace: 'reports',
          imports: [ConfigModule],
          inject: [Config],
          useFactory: async (config: Config) => ({ maxThreads: config.threads }),
        }),
      ],
      true,
    );
    expect(await ask(nest, '/where')).toEqual(['pool', 'reports']);
    expect(nest.get<Executor>(getExecutorToken('reports')).maxThreads).toBe(1);
  });

  test('takes an executor that is there already, and leaves it open', async () => {
    await using executor = new Executor({ name: 'mine', maxThreads: 1 });
    const nest = await application([ExecutorModule.forRoot({ executor })]);
    expect(await ask(nest, '/where')).toEqual(['mine', null]);
    await nest.close();
    expect(executor.closed).toBe(false);
  });

  test('takes an InlineExecutor, for unit tests of controllers', async () => {
    const nest = await application([ExecutorModule.forRoot({ executor: new InlineExecutor({ name: 'inline' }) })]);
    expect(await ask(nest, '/where')).toEqual(['inline', null]);
  });

  test('is for those alone who import it, where it is not global', async () => {
    class Inner {}
    Module({ imports: [ExecutorModule.forRoot({ isGlobal: false })] })(Inner);
    await expect(application([Inner])).rejects.toThrow("Nest can't resolve dependencies of the Made");
  });

  test('refuses options that are none, as the application starts', async () => {
    await expect(application([ExecutorModule.forRoot({ maxThread: 2 } as object)])).rejects.toThrow('Executor has no option maxThread');
    await expect(application([ExecutorModule.forRoot({ executor: new InlineExecutor(), maxThreads: 2 })])).rejects.toThrow(
      'Cannot take an executor and options for a new one: received maxThreads',
    );
  });
});

describe('when the application closes', () => {
  test('requests that it has taken get their answers, and then the executor closes', async () => {
    const nest = await application([ExecutorModule.forRoot({ maxThreads: 1 })]);
    const executor = nest.get<Executor>(getExecutorToken());
    const words = gate('drained');
    const answers = ['first', 'second'].map(() => ask(nest, '/slow/drained'));
    await expect.poll(() => executor.stats()).toMatchObject({ running: 1, queued: 1 });
    const left = executor.run(Math.abs, -7); // by nobody's request
    const closing = nest.close();
    expect(await refused(await nest.getUrl()), 'nobody is let in any more').toBe('ECONNREFUSED');
    expect(executor.closed, 'it still has answers to give').toBe(false);
    lift(words);
    expect(await Promise.all(answers)).toEqual([{ waited: true }, { waited: true }]);
    await closing;
    expect(await left).toBe(7);
    expect(executor.closed).toBe(true);
  });

  test('tasks that do not end within drainTimeout are terminated', async () => {
    const nest = await application([ExecutorModule.forRoot({ maxThreads: 1, drainTimeout: 20 })]);
    const executor = nest.get<Executor>(getExecutorToken());
    const endless = expect(executor.run(waitAt, gate('never'))).rejects.toMatchObject({ code: 'ERR_EXECUTOR_CLOSED' });
    await nest.close();
    await endless;
  });
});

/** The code of the error that a new connection meets, once it does. */
async function refused(url: string): Promise<string> {
  for (;;) {
    const code = await new Promise<string | undefined>((resolve) => {
      request(`${url}/none`, { agent: false }, (response) => resolve(void response.resume()))
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
        .end();
    });
    if (code !== undefined) return code;
  }
}

const gates = new Map<string, Int32Array>();

function gate(name: string): Int32Array {
  const words = new Int32Array(new SharedArrayBuffer(4));
  gates.set(name, words);
  return words;
}

function lift(words: Int32Array): void {
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
}

function waitAt(words: Int32Array): { waited: true } {
  Atomics.wait(words, 0, 0);
  return { waited: true };
}

function whereAmI(): string | undefined {
  return currentThread()?.executor;
}
