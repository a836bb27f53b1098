import { describe, expect, it } from 'vitest';
import { play } from './timeline.js';

// The event loop could tick ten times a second; a blocked one would not tick at all. Half of it is proof enough on a busy machine.
const ticksIn = (seconds: number) => seconds * 5;

describe.concurrent('the programs that started this library', () => {
  it('one limit over several functions', async () => {
    const timeline = await play('limit-over-several-functions');
    const starts = timeline.all('start');
    const ends = timeline.all('end');
    expect(starts.slice(0, 4)).toEqual(['f1(0)', 'f1(1)', 'f1(2)', 'f1(3)']);
    expect(ends.toSorted()).toEqual(starts.toSorted());
    expect(starts).toHaveLength(8);
    expect(timeline.mostAtOnce('start', 'end')).toBe(3);
    expect(starts.slice(4), 'a chain asks for its f2 as its f1 ends, and they start in the order of asking').toEqual(
      ends.filter((call) => call.startsWith('f1')).map((call) => call.replace('f1', 'f2')),
    );
    expect(timeline.last(), 'as the server counted, and with the names of the wrapped functions').toBe(
      'f1 and f2: 8 calls, at most 3 at once',
    );
  });

  it('one limit over several functions, on threads', async () => {
    const timeline = await play('limit-over-several-functions-on-threads');
    expect(timeline.threads().size).toBe(3);
    expect(timeline.all('start GET').toSorted()).toEqual([0, 1, 2, 3].flatMap((n) => [`/${n}/f1`, `/${n}/f2`]));
    expect(timeline.all('finish GET').toSorted()).toEqual(timeline.all('start GET').toSorted());
    expect(timeline.last()).toMatch(/^8 calls, at most 3 at once/);
    expect(timeline.ticks(), 'three or more rounds of one second at least').toBeGreaterThan(ticksIn(3));
  });

  it('a limit a domain', async () => {
    const timeline = await play('limit-per-domain');
    const paths = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `/${n}`);
    expect(timeline.all('getPage:')).toEqual([paths.join(' ')]);
    expect(timeline.all('run:')).toEqual([paths.join(' ')]);
    for (const parity of [0, 1]) {
      expect(timeline.mostAtOnce('start', 'end', (what) => Number(what.at(-1)) % 2 === parity)).toBe(2);
      expect(timeline.all(`server ${parity}:`)).toEqual(['8 requests, at most 2 at once']);
    }
    expect(timeline.mostAtOnce('start', 'end')).toBe(4);
    expect(timeline.last()).toBe('limits remembered: 0');
  });

  it('one blocking call', async () => {
    const timeline = await play('one-blocking-call');
    expect(timeline.events.map(({ what }) => what.split(';')[0])).toEqual(['start sleeping(2)', 'finish sleeping(2)', 'slept 2 s']);
    expect(timeline.threads().size).toBe(1);
    expect(timeline.ticks()).toBeGreaterThan(ticksIn(2));
  });

  it('five at once', async () => {
    const timeline = await play('five-at-once');
    expect(timeline.all('start').toSorted()).toEqual([1, 3, 4, 5, 8].map((seconds) => `sleeping(${seconds})`));
    expect(timeline.all('finish')).toEqual([1, 3, 4, 5, 8].map((seconds) => `sleeping(${seconds})`));
    expect(timeline.mostAtOnce('start', 'finish')).toBe(5);
    expect(timeline.threads().size).toBe(5);
    expect(timeline.last()).toMatch(/^slept 5, 1, 8, 3, 4;/);
    expect(timeline.ticks()).toBeGreaterThan(ticksIn(8));
  });

  it('limited to two', async () => {
    const timeline = await play('limited-to-two');
    expect(timeline.all('start').slice(2)).toEqual(['sleeping(8)', 'sleeping(3)', 'sleeping(4)']);
    expect(timeline.all('finish')).toHaveLength(5);
    expect(timeline.mostAtOnce('start', 'finish')).toBe(2);
    expect(timeline.threads().size).toBe(2);
    expect(timeline.last()).toMatch(/^slept 5, 1, 8, 3, 4;/);
    expect(timeline.ticks()).toBeGreaterThan(ticksIn(11));
  });

  it('arguments three ways', async () => {
    const timeline = await play('arguments-three-ways');
    expect(timeline.events.map(({ what }) => what)).toEqual(['111', '222', '333']);
    expect(timeline.threads().size).toBe(3);
  });
});

describe.concurrent('services', () => {
  it('one that is told to stop finishes what it has taken', async () => {
    const timeline = await play('graceful-shutdown');
    const said = timeline.events.map(({ what }) => what);
    expect(said).toContain('SIGTERM: 4 requests taken, 0 answered');
    expect(timeline.all('answered:').toSorted()).toEqual(['slept 1 s', 'slept 1 s', 'slept 2 s', 'slept 2 s']);
    expect(said).toContain('after close: ERR_EXECUTOR_CLOSED');
  });

  it('one that cannot keep up says so, and drops what nobody waits for', async () => {
    const timeline = await play('http-service');
    expect(timeline.all('GET').toSorted()).toEqual([
      '/1: 503 ERR_QUEUE_FULL',
      '/2: 200 slept 2 s',
      '/3: 200 slept 3 s',
      '/3: gave up',
      '/60: 504 ERR_TASK_TIMEOUT',
    ]);
    expect(timeline.all('dropped:')).toEqual(['the client has gone']);
    expect(timeline.all('start').toSorted(), 'the dropped one never starts').toEqual(['sleeping(2)', 'sleeping(3)', 'sleeping(60)']);
    expect(timeline.ticks()).toBeGreaterThan(ticksIn(4));
  });
});

describe.concurrent('services in other frameworks', () => {
  it.each(['express-service', 'hono-service'])('%s says when it is busy, and drops what nobody waits for', async (example) => {
    const timeline = await play(example);
    expect(timeline.all('GET').toSorted()).toEqual(['/1: 503 ERR_QUEUE_FULL', '/2: 200 slept 2 s', '/3: gave up']);
    expect(timeline.all('start'), 'the dropped one never starts').toEqual(['sleeping(2)']);
  });
});

// Alone, and slower: a process is started to do the GET, within the second that the next one sleeps.
it('results in order', async () => {
  const timeline = await play('results-in-order', 1_000);
  expect(timeline.all('finish')).toEqual(['GET /page', 'sleeping(1)', 'sleeping(10)']);
  expect(timeline.threads().size).toBe(3);
  expect(timeline.last()).toMatch(/^\[10,"the body of \/page",1\];/);
  expect(timeline.ticks()).toBeGreaterThan(ticksIn(10));
});
