import type { Ways } from '../described.js';

let ways: Ways = 'any';

/** Whether this thread may open the inspector to find the module of a class. */
export function waysHome(): Ways {
  return ways;
}

export function allowWaysHome(allowed: Ways): void {
  ways = allowed;
}
