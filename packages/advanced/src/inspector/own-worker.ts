import { Worker, type WorkerOptions } from 'node:worker_threads';

let isStarting = false;

/** A worker thread of memx's own, which {@link isOwnWorkerStarting} tells from the program's. */
export function startOwnWorker(url: URL, options: WorkerOptions): Worker {
  isStarting = true;
  try {
    return new Worker(url, options);
  } finally {
    isStarting = false;
  }
}

/** For those who are told of new workers while the constructor runs. */
export function isOwnWorkerStarting(): boolean {
  return isStarting;
}
