export const thousand = 1000;
