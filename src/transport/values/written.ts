/**
 * Arguments that wait, as bytes: they are written once, as `postMessage` would write them, and read in their thread. A structured clone would write them, read them
 * into objects that nobody looks at, and leave these to be written again: of the calling thread two to twelve times as much.
 */
import { deserialize, serialize } from 'node:v8';

/** Plain data without memory in it: of that, these bytes say what structured clone's do. Throws where a getter throws. */
export function written(args: unknown): Uint8Array {
  return serialize(args);
}

export function readArguments(payload: Uint8Array): readonly unknown[] {
  return deserialize(payload) as readonly unknown[];
}
