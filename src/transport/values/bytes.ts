/**
 * How large a value is in a message.
 */
import { DefaultSerializer } from 'node:v8';
import type { Encoded } from './encode.js';

/** Without what is shared or moved. Undefined for what has no bytes of its own: a port, a key. */
export function bytesOf({ payload, transfer }: Encoded): number | undefined {
  try {
    const scale = new Scale(transfer ?? []);
    scale.writeValue(payload);
    return scale.releaseBuffer().byteLength;
  } catch {
    return undefined;
  }
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
