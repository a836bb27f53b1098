/** Of any function. With `unknown[]`, a parameter that has a default and no type, `(n: number, step = 1) => …`, would be unknown inside it. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Arguments = any[];
