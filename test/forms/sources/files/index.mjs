export { double as viaIndex } from './helper.mjs';
