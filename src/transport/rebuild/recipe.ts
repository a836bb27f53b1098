/** By value, thread side. Not built yet. */
import type { RecipeFunction } from '../protocol.js';
import type { Rebuild } from './table.js';

export function loadRecipe({ name }: RecipeFunction): Rebuild | Promise<Rebuild> {
  throw new Error(`Cannot rebuild ${name}: pending`);
}
