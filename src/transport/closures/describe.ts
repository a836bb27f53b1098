/** By value. Not built yet. */
import { Unsendable, type Described } from '../described.js';

export function describeByValue(fn: Function): Described {
  throw new Unsendable(`a function by value (${fn.name})`, "export it from a module that is not the program's entry");
}
