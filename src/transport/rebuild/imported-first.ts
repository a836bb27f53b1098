/**
 * Packages that the file of a function imports for their effects alone (`import 'reflect-metadata'`): once a thread, one after another,
 * and before whatever else a call brings, which may be a package that fails without them.
 */
import { importModule } from './import-module.js';

/** A promise until they are there, and those that other functions asked for before. */
export function importedFirst(urls: readonly string[] = []): Promise<void> | undefined {
  for (const url of urls) {
    if (asked.has(url)) continue;
    asked.add(url);
    const all = (under ?? Promise.resolve()).then(() => importModule(url)).then(done, done);
    under = all;
    function done(): void {
      // One that fails here may not be what the function needs: it says so itself, if it is.
      if (under === all) under = undefined;
    }
  }
  return under;
}

const asked = new Set<string>();
let under: Promise<void> | undefined;
