/** Ends this thread: as Node has it, whatever a task did to `process` since. */
export const leave: (code: number) => never = process.exit.bind(process);
