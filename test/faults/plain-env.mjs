/** The environment without the test runner: a process that inherits its variables is taken for one of its own. */
export function plainEnv(more = {}) {
  const own = /^(VITEST|JEST|VITE_|TEST$|NODE_OPTIONS|NODE_V8_COVERAGE)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name))), ...more };
}
