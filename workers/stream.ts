/** What a thread imports for a stream: the library's own function, at an address of its own. */
export { streamFrom } from '../src/transport/streams/stream-from.js';
