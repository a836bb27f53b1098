const prefix = "deep ";
export const deep = (x) => prefix + x;
