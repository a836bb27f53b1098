/**
 * What a task's callbacks do: tell the calling side, for as long as somebody there waits for the task.
 */
import { postCallback } from '../src/transport/calls/callback-message.js';
import { setCaller } from '../src/transport/rebuild/callback-stub.js';
import { TaskScope } from './task-scope.js';

export function allowCallbacks(): void {
  setCaller((id, args) => {
    // Where the asynchronous context was lost (native code calls), the call can only be the running task's.
    const scope = TaskScope.ofCaller() ?? TaskScope.current;
    const { lane } = TaskScope;
    if (scope?.running !== true || lane === undefined) return;
    scope.calledBack = true;
    postCallback(lane.post, scope.sequence, id, args);
  });
}
