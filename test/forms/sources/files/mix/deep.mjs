export const value = 5;
export const add = (x) => x + value;
