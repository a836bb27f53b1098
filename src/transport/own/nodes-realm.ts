/** Node's own realm, as seen from here: under Jest, Vitest's vm pools and `node:vm`, programs run in another. */

/** A function of Node's has the constructor of Node's realm, whose functions see the globals there. */
export function nodesGlobal(): typeof globalThis {
  return isNodesRealm ? globalThis : (Reflect.construct(nodes.constructor, ['return globalThis']) as () => typeof globalThis)();
}

const nodes: object = process.getBuiltinModule('node:fs').readFileSync;
export const isNodesRealm = nodes instanceof Function;
