/** Descriptions that nobody can send any more: the threads may drop them. */
import { lastsWith } from '../functions/ids.js';
import type { Plan } from './plan.js';

/** Marks the end of the plan's life as the end of its description's. */
export function lastsWithItsPlan(plan: Plan): Plan {
  lastsWith(plan, plan.id);
  return plan;
}
