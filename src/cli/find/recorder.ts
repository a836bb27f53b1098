import { writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { Probes } from './probes.js';
import type { Assignment, Recording, Script, Segment } from './recording.js';
import { OwnSession } from './session.js';
import { type Gap, stallsIn } from './stalls.js';
import { suspects } from './suspects.js';

/** Watches the thread that it is made in: profiles it, notes when its event loop does not come round, and looks into a few calls. */
export class Recorder {
  readonly #session = new OwnSession();
  readonly #assignment: Assignment;
  readonly #from = now();
  readonly #segments: Segment[] = [];
  readonly #probes: Probes;
  #gaps: Gap[] = [];
  #lastTurn: number | undefined;
  #timers: NodeJS.Timeout[] = [];
  /** Undefined while there is none. */
  #profileFrom: number | undefined;
  #lookFrom: number | undefined;
  #looking = 0;
  #isOver = false;

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    this.#probes = new Probes(this.#session);
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL });
    this.#startProfile();
    // Timers that nobody waits for: the program ends when it would have ended.
    this.#timers.push(setInterval(() => this.#turn(), TURN_INTERVAL).unref());
  }

  /** Writes the recording, once; the program goes on unwatched. */
  finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#turn();
    for (const timer of this.#timers) clearInterval(timer);
    this.#stopProfile();
    this.#probes.end();
    const { folder } = this.#assignment;
    writeFileSync(join(folder, `${process.pid}-${threadId}.json`), JSON.stringify(this.#recording()));
  }

  /** The event loop has come round. The first time ends the program's start, in which nobody waits for an answer yet. */
  #turn(): void {
    const at = now();
    if (this.#profileFrom !== undefined && this.#lastTurn !== undefined) {
      if (at - this.#lastTurn >= this.#assignment.thresholdMs * 1_000) this.#gaps.push({ from: this.#lastTurn, to: at });
      const age = at - this.#profileFrom;
      const isTime = this.#gaps.length > 0 && age > (this.#segments.length === 0 ? FIRST_LOOK : NEXT_LOOK);
      if (!this.#isOver && (isTime || age > OLDEST_PROFILE)) this.#look();
    }
    // What a look took is nobody's fault.
    this.#lastTurn = now();
  }

  /** Every now and then: keeps the memory of a long run small, and lets the suspects' next calls be looked into. */
  #look(): void {
    this.#stopProfile();
    this.#lookFrom = now();
    // While functions have breakpoints V8 runs copies of them, which the profiler does not know: what it would see is not to be trusted.
    this.#probes.look(suspects(this.#segments.at(-1)), () => this.#isOver || this.#startProfile());
  }

  #startProfile(): void {
    if (this.#lookFrom !== undefined) this.#looking += now() - this.#lookFrom;
    this.#lookFrom = undefined;
    this.#session.post('Profiler.start');
    this.#profileFrom = now();
    this.#lastTurn &&= now();
  }

  #stopProfile(): void {
    if (this.#profileFrom === undefined) return;
    this.#profileFrom = undefined;
    const { profile } = this.#session.post<{ profile: Profiler.Profile }>('Profiler.stop');
    this.#segments.push(stallsIn(profile, this.#gaps, SAMPLING_INTERVAL));
    this.#gaps = [];
  }

  #recording(): Recording {
    const blamed = new Set(this.#segments.flatMap(({ frames }) => frames.map(({ scriptId }) => scriptId)));
    return {
      pid: process.pid,
      threadId,
      program: process.argv[1] ?? '',
      folder: process.cwd(),
      from: this.#from,
      to: now(),
      looking: this.#looking + (this.#lookFrom === undefined ? 0 : now() - this.#lookFrom),
      segments: this.#segments,
      scripts: this.#scripts(blamed),
      ...this.#probes.found(),
    };
  }

  /** The texts as V8 has them, whatever loader made them. */
  #scripts(ids: ReadonlySet<string>): Record<string, Script> {
    const scripts: Record<string, Script> = {};
    this.#session.on<{ scriptId: string; url: string; sourceMapURL: string }>(
      'Debugger.scriptParsed',
      ({ scriptId, url, sourceMapURL }) => {
        if (!ids.has(scriptId) || url.startsWith('node:')) return;
        scripts[scriptId] = { url, source: '', sourceMapURL };
      },
    );
    this.#session.post('Debugger.enable');
    for (const [scriptId, script] of Object.entries(scripts)) {
      const { scriptSource } = this.#session.post<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId });
      scripts[scriptId] = { ...script, source: scriptSource };
    }
    this.#session.post('Debugger.disable');
    return scripts;
  }
}

/** µs: the clock of V8's profiles, on every system where Node's is the monotonic one. */
function now(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

/** µs. V8's own default is 100; at 1000 a busy program loses a hundredth of its speed, and 20 ms still have 20 samples. */
const SAMPLING_INTERVAL = 1_000;

/** ms. The loop comes round by itself when there is work; this wakes it when there is none, so that stalls begin where they begin. */
const TURN_INTERVAL = 5;

/** µs that a profile has to be old before it is looked at: looking costs some 50 ms, and the suspects are soon known. */
const FIRST_LOOK = 1_500_000;
const NEXT_LOOK = 30_000_000;

/** µs: one sample takes some 30 bytes while the profile is open, a minute 2 MB. */
const OLDEST_PROFILE = 60_000_000;
