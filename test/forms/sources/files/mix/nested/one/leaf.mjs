import { double } from '../../../helper.mjs';
export const name = 'leaf';
export const climb = () => `${name} of double ${double(2)}`;
