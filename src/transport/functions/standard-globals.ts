/**
 * The globals that every thread of Node has. Lists, because `globalThis` also holds whatever a program puts there, which no thread has.
 */

/** The language's, and those of Node's that are there from the start: cheap to look into. */
export const standardGlobals: readonly string[] = words(`
  AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date
  DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Int16Array Int32Array
  Int8Array Intl Iterator JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set
  SharedArrayBuffer String SuppressedError Symbol SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array
  Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval isFinite isNaN parseFloat parseInt unescape

  AbortController AbortSignal Event EventTarget TextDecoder TextEncoder URL URLSearchParams
  clearImmediate clearInterval clearTimeout console queueMicrotask setImmediate setInterval setTimeout structuredClone
`);

/**
 * Those that Node loads when they are first touched, even by a look at the property: `CloseEvent` brings in undici, 30 ms.
 * They are touched only for a function of that very name, which someone must have touched before.
 */
export const lazyGlobals: ReadonlySet<string> = new Set(
  words(`
  Blob BroadcastChannel ByteLengthQueuingStrategy CloseEvent CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent
  DOMException DecompressionStream EventSource File FormData Headers MessageChannel MessageEvent MessagePort Navigator
  Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList
  PerformanceResourceTiming ReadableByteStreamController ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
  ReadableStreamDefaultController ReadableStreamDefaultReader Request Response Storage SubtleCrypto TextDecoderStream
  TextEncoderStream TransformStream TransformStreamDefaultController URLPattern WebSocket WritableStream
  WritableStreamDefaultController WritableStreamDefaultWriter atob btoa fetch
`),
);

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
