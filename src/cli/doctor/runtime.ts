import type { Finding } from './finding.js';

/** The version of Node. */
export function node(): Finding {
  const { versions, version } = process;
  if (versions.bun !== undefined || 'deno' in versions) {
    return {
      what: 'runtime',
      state: 'note',
      found: `not Node, but a runtime that calls itself ${version}`,
      wayOut: 'functions go by name and by reference',
    };
  }
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return { what: 'Node', state: 'ok', found: version };
  return { what: 'Node', state: 'fault', found: version, wayOut: `this package needs ${OLDEST.join('.')} or later` };
}

/** As `engines` in package.json. */
const OLDEST = [20, 19] as const;

/** What functions by value are read with; no port is opened. */
export function inspector(): Finding {
  const what = 'inspector';
  const wayOut = 'functions go by name and by reference, and by value if they capture nothing; export what is to be sent';
  if (!process.features.inspector) return { what, state: 'note', found: 'this Node was built without one', wayOut };
  if (process.permission?.has('inspector') === false) {
    return { what, state: 'note', found: 'the permission model refuses it', wayOut: `${wayOut}; threads need --allow-worker` };
  }
  return { what, state: 'ok', found: 'in-process, without a port' };
}
