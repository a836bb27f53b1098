export * as animals from './animals.mjs';
export * as inner from './inner.mjs';
