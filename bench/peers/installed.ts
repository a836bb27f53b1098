/**
 * What only the benchmarks need has a package.json of its own (`bench/peers/`), which keeps the root's install small.
 * `npm run bench` installs it.
 */

/** As `import(name)` from there. A name in a variable: the root's type check and its unused-code check do not look for these packages. */
export async function installed<Module>(name: string): Promise<Module> {
  try {
    return (await import(name)) as Module;
  } catch (error) {
    throw new NotInstalled(name, error);
  }
}

class NotInstalled extends Error {
  constructor(name: string, cause: unknown) {
    super(`${name} cannot be loaded, so it is left out: npm install --prefix bench/peers`, { cause });
  }
}
