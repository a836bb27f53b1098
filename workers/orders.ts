/**
 * What the calling side says to a thread beside the calls, and whatever the thread is busy with.
 */
import { OwnPromise } from '../src/transport/own/own-globals.js';
import type { FromThread, ToThread } from '../src/transport/protocol.js';
import { forgetFunctions, loadFunctions } from './functions.js';
import type { ParkedScopes } from './parked-scopes.js';
import { TaskScope } from './task-scope.js';

export type Order = Extract<ToThread, { readonly type: 'cancel' | 'forget' | 'load' }>;

export function obey(order: Order, parked: ParkedScopes, post: (message: FromThread) => void): void {
  switch (order.type) {
    case 'cancel':
      (parked.find(order.sequence) ?? TaskScope.current)?.cancel(order.sequence, order.reason);
      break;
    case 'forget':
      forgetFunctions(order.ids);
      break;
    case 'load':
      void OwnPromise.resolve(loadFunctions(order.deliveries)).then(() => post({ type: 'loaded' }));
  }
}
