export declare function kindOfThis(): string;
export declare function write(): string;
export declare function writeLater(): Promise<string>;
