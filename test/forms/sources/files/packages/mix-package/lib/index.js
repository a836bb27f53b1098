import { hundred } from 'mix-package/hundred';
import { thousand } from '#thousand';
export const viaSelf = (x) => hundred + x;
export function viaImports(x) {
  return thousand + x;
}
export const conditionOf = () => import.meta.url + ' import';
