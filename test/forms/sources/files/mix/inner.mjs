export * as deep from './deep.mjs';
