/**
 * What a scenario's figures need said beside them: for `docs/performance.md`, by the scenario's name.
 */
export const notes: Readonly<Record<string, string>> = {};
