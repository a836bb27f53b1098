/** What the pools run: a module of tasks, as each of them takes it. */
import * as tasks from '../../fixtures/faults/tasks.mjs';

const byName = new Map(Object.entries(tasks));

export default function call({ module, name, args }) {
  if (module === undefined) return byName.get(name)(...args);
  return import(module).then((loaded) => loaded[name](...args));
}
