interface Row {
  id: number;
  name: string;
  price: number;
  amount: number;
  tags: string[];
}

export function hash(password: string): string;
export function convert(seconds: number): void;
export function withTotals(rows: readonly Row[]): (Row & { total: number })[];
export const rows: Row[];
