export declare function afterOwnTime(ms: number, then: () => void): () => void;
export declare function inOwnTime<T>(promise: Promise<T>, ms: number, late: () => Error): Promise<T>;
