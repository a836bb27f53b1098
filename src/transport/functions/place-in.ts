/** Where a description leads, in messages. */
import type { FunctionDescription } from '../protocol.js';

/** `node:zlib#gzipSync`, `file:///app/report.js#Report.render`. */
export function placeIn(description: FunctionDescription): string {
  if (description.way === 'name') return `${description.path[0]}#${description.path.slice(1).join('.')}`;
  if (description.way !== 'reference') return description.name;
  return `${description.module}#${description.path.length === 0 ? 'module.exports' : description.path.join('.')}`;
}
