/** What Node offers in place of a function that blocks; undefined where it blocks only. */
export interface Twin {
  /** `node:crypto` */
  readonly module: string;
  readonly name: string;
  /** What it gives: a promise, by itself or by `promisify`, or one of an object whose `stdout` is meant; undefined where it takes more than a line. */
  readonly shape: 'promises' | 'callback' | 'stdout' | undefined;
}

/** @param url where V8 says that the function stands: `node:internal/crypto/pbkdf2` */
export function twinOf(url: string, name: string): Twin | undefined {
  const [, room] = /^node:(?:internal\/)?(crypto|zlib|fs|child_process|dns)\b/.exec(url) ?? [];
  if (room === undefined || !name.endsWith('Sync')) return undefined;
  const twin = name.slice(0, -'Sync'.length);
  if (room === 'fs') return withoutTwin.has(name) ? undefined : { module: 'node:fs/promises', name: twin, shape: 'promises' };
  // What execFileSync returns is one part of what its twin gives.
  const shape = room !== 'child_process' ? 'callback' : twin === 'spawn' ? undefined : 'stdout';
  return { module: `node:${room}`, name: twin, shape };
}

/** Quick, or of a file that is open already. */
const withoutTwin = new Set(['existsSync', 'openSync', 'closeSync', 'readSync', 'writeSync', 'fsyncSync']);

/** V8 knows these by another name than their users do: which of them it was, the call says. */
export function publicNames(url: string, name: string): readonly string[] {
  return url === 'node:zlib' && name === 'syncBufferWrapper' ? ZLIB : [name];
}

const ZLIB = [
  ...['gzip', 'gunzip', 'deflate', 'inflate', 'deflateRaw', 'inflateRaw', 'brotliCompress', 'brotliDecompress', 'unzip'],
  ...['zstdCompress', 'zstdDecompress'],
].map((name) => `${name}Sync`);
