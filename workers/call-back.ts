/**
 * What a task's callbacks do: tell the calling side, for as long as somebody there waits for the task.
 */
import { callBack } from '../src/transport/called-back.js';
import { setCaller } from '../src/transport/rebuild/callback.js';
import { TaskScope } from './task-scope.js';

export function allowCallbacks(): void {
  setCaller((id, args) => {
    // Where the asynchronous context was lost (native code calls), the call can only be the running task's.
    const scope = TaskScope.ofCaller() ?? TaskScope.current;
    const { lane } = TaskScope;
    if (scope?.running !== true || lane === undefined) return;
    scope.calledBack = true;
    callBack(lane.post, scope.sequence, id, args);
  });
}
