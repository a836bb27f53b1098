/** What Node offers in place of a function that blocks; undefined where it blocks only. */
export interface Twin {
  /** `node:crypto` */
  readonly module: string;
  readonly name: string;
  /** The call that replaces one; undefined where it takes more than a line. */
  readonly call: ((args: string) => string) | undefined;
}

/** @param url where V8 says that the function stands: `node:internal/crypto/pbkdf2` */
export function twinOf(url: string, name: string): Twin | undefined {
  const [, room] = /^node:(?:internal\/)?(crypto|zlib|fs|child_process|dns)\b/.exec(url) ?? [];
  if (room === undefined || !name.endsWith('Sync')) return undefined;
  const twin = name.slice(0, -'Sync'.length);
  if (room === 'fs')
    return withoutTwin.has(name) ? undefined : { module: 'node:fs/promises', name: twin, call: (args) => `await ${twin}(${args})` };
  const awaited = (args: string): string => `await promisify(${twin})(${args})`;
  if (room !== 'child_process') return { module: `node:${room}`, name: twin, call: awaited };
  // What execFileSync returns is one part of what its twin gives.
  return { module: 'node:child_process', name: twin, call: twin === 'spawn' ? undefined : (args) => `(${awaited(args)}).stdout` };
}

/** Quick, or of a file that is open already. */
const withoutTwin = new Set(['existsSync', 'openSync', 'closeSync', 'readSync', 'writeSync', 'fsyncSync']);

/** V8 knows these by another name than their users do. */
export function publicName(url: string, name: string, callersText: string): string {
  if (url !== 'node:zlib' || name !== 'syncBufferWrapper') return name;
  return (
    /\b((?:gzip|gunzip|deflate|inflate|deflateRaw|inflateRaw|brotliCompress|brotliDecompress|unzip)Sync)\b/.exec(callersText)?.[1] ?? name
  );
}
