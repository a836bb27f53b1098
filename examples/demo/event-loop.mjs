/** Ticks every few ms, as the requests of a busy service would come in, and writes down how late each tick was. */
const interval = 10;

export function watchEventLoop() {
  const start = Date.now();
  const ticks = [];
  let due = performance.now() + interval;
  let timer = setTimeout(tick, interval);
  return { start, interval, stop };

  function tick() {
    note();
    due = performance.now() + interval;
    timer = setTimeout(tick, interval);
  }

  function note() {
    ticks.push({ at: Date.now(), late: Math.max(0, performance.now() - due) });
  }

  /** The ticks, with the one that is overdue now. */
  function stop() {
    clearTimeout(timer);
    note();
    return ticks;
  }
}
