import { mixPong } from './pong.mjs';
export function mixPing(n) {
  return n > 0 ? `ping ${mixPong(n - 1)}` : 'end';
}
