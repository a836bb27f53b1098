import { isMainThread } from 'node:worker_threads';

export function wordCount(text: string): number {
  return text.split(/\s+/).length;
}

export function onAThread(): boolean {
  return !isMainThread;
}
