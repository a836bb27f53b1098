import { ExecutorInstrumentation } from 'run-in-executor/opentelemetry';

/** What `NodeSDK` and `registerInstrumentations` take, as @opentelemetry/instrumentation declares it. */
interface Instrumentation {
  instrumentationName: string;
  instrumentationVersion: string;
  enable(): void;
  disable(): void;
  setTracerProvider(provider: import('@opentelemetry/api').TracerProvider): void;
  setMeterProvider(provider: import('@opentelemetry/api').MeterProvider): void;
  setConfig(config: { enabled?: boolean }): void;
  getConfig(): { enabled?: boolean };
}

new ExecutorInstrumentation() satisfies Instrumentation;
