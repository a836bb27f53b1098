/**
 * The results of a map until they are asked for, and its first failure, which is told in its turn.
 */
import type { Chunk } from './map-chunks.js';
import type { MapSettings } from './map-settings.js';

export class MapResults {
  readonly #settings: MapSettings;
  readonly #finished = new Map<number, Chunk>();
  #done = 0;
  /** The item whose result is handed out next, in order. */
  #next = 0;
  /** It is told once the results of all items before number `at` are handed out. */
  #failure: { readonly error: unknown; readonly at: number } | undefined;
  #wake: (() => void) | undefined;

  constructor(settings: MapSettings) {
    this.#settings = settings;
  }

  /** Throws what `onProgress` throws. */
  add(chunk: Chunk, total: number | undefined): void {
    if (chunk.values.length === 0) return;
    this.#finished.set(chunk.first, chunk);
    this.#done += chunk.values.length;
    this.#settings.onProgress?.(total === undefined ? { done: this.#done } : { done: this.#done, total });
  }

  /** The next that is to be handed out; undefined if that is not there yet. Throws the failure when its turn has come. */
  take(): Chunk | undefined {
    const key = this.#settings.ordered ? this.#next : this.#finished.keys().next().value;
    const chunk = key === undefined ? undefined : this.#finished.get(key);
    if (chunk !== undefined) {
      this.#finished.delete(chunk.first);
      this.#next += chunk.values.length;
    } else if (this.#failure !== undefined && this.#next >= this.#failure.at) throw this.#failure.error;
    return chunk;
  }

  /** The first one counts, in the order of items. False: there is an earlier one. */
  failAt(at: number, error: unknown): boolean {
    if (this.#failure !== undefined && this.#failure.at < at) return false;
    this.#failure = { error, at };
    return true;
  }

  /** Until `notify`. */
  async changed(): Promise<void> {
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** There may be more to be taken. */
  notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
