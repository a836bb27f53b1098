export const hundred = 100;
