/**
 * The `exports` and `imports` fields of a package.json, under the conditions of an `import` in this process.
 */
export interface PackageManifest {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly dependencies?: object;
  readonly peerDependencies?: object;
  readonly optionalDependencies?: object;
}

/** `subpath` is `.` or `./…`; the answer begins with `./`. */
export function exportedFile({ exports }: PackageManifest, subpath: string): string | undefined {
  const isSugar =
    typeof exports === 'string' || Array.isArray(exports) || !Object.keys(exports as object).some((key) => key.startsWith('.'));
  return match(isSugar ? { '.': exports } : (exports as Targets), subpath);
}

/** `specifier` begins with `#`; the answer is `./…` or another package's specifier. */
export function importedFile({ imports }: PackageManifest, specifier: string): string | undefined {
  return typeof imports === 'object' && imports !== null ? match(imports as Targets, specifier) : undefined;
}

type Targets = Record<string, unknown>;

function match(targets: Targets, wanted: string): string | undefined {
  if (Object.hasOwn(targets, wanted) && !wanted.includes('*')) return choose(targets[wanted], '');
  const patterns = Object.keys(targets).filter((key) => key.includes('*'));
  for (const pattern of patterns.sort(moreSpecificFirst)) {
    const [before = '', after = ''] = pattern.split('*');
    if (wanted.startsWith(before) && wanted.endsWith(after) && wanted.length >= pattern.length) {
      return choose(targets[pattern], wanted.slice(before.length, wanted.length - after.length));
    }
  }
  return undefined;
}

function choose(target: unknown, star: string): string | undefined {
  if (typeof target === 'string') return target.replaceAll('*', star);
  if (Array.isArray(target)) return target.map((each) => choose(each, star)).find((each) => each !== undefined);
  if (typeof target !== 'object' || target === null) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (!conditions.has(condition)) continue;
    const chosen = choose(inner, star);
    if (chosen !== undefined || inner === null) return chosen;
  }
  return undefined;
}

function moreSpecificFirst(a: string, b: string): number {
  return b.indexOf('*') - a.indexOf('*') || b.length - a.length;
}

/** `node --conditions=development`, `-C development`. */
function chosenByUser(): string[] {
  const flags = [...(process.env.NODE_OPTIONS?.split(/\s+/) ?? []), ...process.execArgv];
  return flags.flatMap((flag, index) => {
    if (flag === '-C' || flag === '--conditions') return flags[index + 1] ?? [];
    return /^--conditions=(.*)$/.exec(flag)?.[1] ?? [];
  });
}

const conditions = new Set(['node', 'import', 'module-sync', 'node-addons', 'default', ...chosenByUser()]);
