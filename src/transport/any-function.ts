/** Any function or class whatever: this library carries them, and calls none by this type. */
// biome-ignore lint/complexity/noBannedTypes: a call signature would refuse classes
export type AnyFunction = Function;
