/**
 * How large a value is in a message.
 */
import { DefaultSerializer } from 'node:v8';
import type { Packed } from '../packed.js';
import type { Encoded } from './encoded.js';

/** Without what is shared or moved. Undefined for what has no bytes of its own: a port, a key. */
export function bytesOf({ packed, payload, transfer }: Encoded): number | undefined {
  try {
    const scale = new Scale(transfer ?? []);
    scale.writeValue(packed ? unwrapped(payload as Packed) : payload);
    return scale.releaseBuffer().byteLength;
  } catch {
    return undefined;
  }
}

/** Plain data as it is: of what is around it a message has one, whatever it carries. */
function unwrapped(packed: Packed): unknown {
  return packed.specials.length + packed.places.length + packed.patches.length === 0 ? packed.root[0] : packed;
}

class Scale extends DefaultSerializer {
  readonly #moved: readonly unknown[];

  constructor(moved: readonly unknown[]) {
    super();
    this.#moved = moved;
    for (const [id, memory] of moved.entries()) if (memory instanceof ArrayBuffer) this.transferArrayBuffer(id, memory);
  }

  _getSharedArrayBufferId(): number {
    return 0;
  }

  _writeHostObject(view: NodeJS.ArrayBufferView): void {
    const { buffer } = view;
    if (buffer instanceof SharedArrayBuffer || this.#moved.includes(buffer)) this.writeUint32(0);
    else (DefaultSerializer.prototype as unknown as Scale)._writeHostObject.call(this, view);
  }
}
