import { mixPing } from './ping.mjs';
export const mixPong = (n) => (n > 0 ? `pong ${mixPing(n - 1)}` : 'end');
