export interface Fault {
  readonly fault: string;
}

export declare const groups: readonly { readonly group: string; readonly faults: readonly Fault[] }[];
