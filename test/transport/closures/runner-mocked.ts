export function halve(n: number): number {
  return n / 2;
}

export function echo(text: string): string {
  return text;
}
