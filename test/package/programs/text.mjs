import { isMainThread } from 'node:worker_threads';

export function wordCount(text) {
  return text.split(/\s+/).length;
}

export function onAThread() {
  return !isMainThread;
}
