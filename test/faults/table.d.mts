export declare function guarantees(): string;
