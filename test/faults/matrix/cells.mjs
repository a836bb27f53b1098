import { entries } from './entries.mjs';
import { faults } from './faults.mjs';
import { states } from './states.mjs';

/** All that can be played: [fault, entry, state]. */
export function cells() {
  return Object.keys(faults).flatMap((fault) =>
    Object.keys(entries).flatMap((entry) =>
      Object.keys(states)
        .filter((state) => applies(fault, entry, state))
        .map((state) => [fault, entry, state]),
    ),
  );
}

function applies(faultName, entryName, stateName) {
  const { not = [], only, fn, args } = faults[faultName];
  const { plain, many } = entries[entryName];
  if (not.includes(entryName) || not.includes(stateName)) return false;
  if (only !== undefined && !only.includes(entryName)) return false;
  return !(plain && (fn !== undefined || args !== undefined)) && !(many && fn === undefined && args !== undefined);
}
