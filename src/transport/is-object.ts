/** Whether a value can have properties, and be a key of a WeakMap: functions, too. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
