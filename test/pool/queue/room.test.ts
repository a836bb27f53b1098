import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Room } from '../../../src/pool/queue/room.js';
import { runText } from '../../setup/programs.js';

async function turns(count = 3): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Notes who was let in, in order. */
function watched(room: Room, count: number): number[] {
  const admitted: number[] = [];
  for (let i = 0; i < count; i++) void room.ready().then(() => admitted.push(i));
  return admitted;
}

describe('room for tasks', () => {
  it('takes as many as it holds, and one more only after one has left', () => {
    const room = new Room(2);
    expect([room.take(), room.take(), room.take()]).toEqual([true, true, false]);
    room.giveBack();
    expect(room.take()).toBe(true);
    expect(room.taken).toBe(2);
  });

  it('ready() resolves at once where there is room', async () => {
    await new Room(1).ready();
    await new Room(Number.POSITIVE_INFINITY).ready();
  });

  it('ready() lets in one waiting caller for each place that comes free, in order', async () => {
    const room = new Room(2);
    room.take();
    room.take();
    const admitted = watched(room, 3);
    await turns();
    expect(admitted).toEqual([]);
    room.giveBack();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(admitted).toEqual([0]);
    expect(room.take()).toBe(true);
    await turns();
    expect(admitted).toEqual([0]);
    room.giveBack();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(admitted).toEqual([0, 1]);
  });

  it('a place that nobody uses goes to the next in line', async () => {
    const room = new Room(1);
    room.take();
    const admitted = watched(room, 3);
    room.giveBack();
    await turns(6);
    expect(admitted).toEqual([0, 1, 2]);
  });

  it('aborting while waiting rejects with the reason, and leaves the place to the next', async () => {
    const room = new Room(1);
    room.take();
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = room.ready(controller.signal);
    const admitted = watched(room, 1);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    room.giveBack();
    await turns();
    expect(admitted).toEqual([0]);
  });

  it('an aborted signal is told at once, and no listener stays where there was room', async () => {
    const reason = new Error('enough');
    await expect(new Room(1).ready(AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const room = new Room(1);
    room.take();
    const waiting = room.ready(controller.signal);
    room.giveBack();
    await waiting;
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('more room lets in as many as it adds', async () => {
    const room = new Room(1);
    room.take();
    const admitted = watched(room, 5);
    room.resize(3);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(admitted).toEqual([0, 1]);
  });

  it('less room than is taken lets in nobody until enough have left', () => {
    const room = new Room(3);
    room.take();
    room.take();
    room.take();
    room.resize(1);
    room.giveBack();
    expect(room.take()).toBe(false);
    room.giveBack();
    room.giveBack();
    expect(room.take()).toBe(true);
  });

  it('release() lets everybody go', async () => {
    const room = new Room(1);
    room.take();
    const admitted = watched(room, 4);
    room.release();
    await turns();
    expect(admitted).toEqual([0, 1, 2, 3]);
  });

  it('a place that nobody took goes to the next in line, in a program that does nothing else', async () => {
    const program = `
      import { Executor } from 'run-in-executor';
      const executor = new Executor({ maxThreads: 1, maxQueue: 0 });
      await Promise.all([executor.ready(), executor.ready(), executor.ready()]);
      console.log('all');`;
    expect(await runText(program)).toMatchObject({ exitCode: 0, stdout: 'all\n' });
  });
});
