export declare function plainEnv(more?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
