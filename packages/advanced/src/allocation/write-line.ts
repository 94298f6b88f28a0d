import { writeSync } from 'node:fs';

/** A worker that is terminated never unlocks, so nobody waits for more than a second. */
const LOCK_LIMIT_MS = 1_000;

/** Where lines go. */
export interface LineWriterOptions {
  readonly fd: number;
  /** A mutex for `fd`, shared by all threads that write there: a pipe takes large lines in parts. */
  readonly lock: Int32Array | null;
}

/** Appends a value as one line of JSON. */
export function writeLine({ fd, lock }: LineWriterOptions, value: object): void {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
  const write = () => {
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
  };
  if (lock === null) write();
  else lockFor(lock, write);
}

function lockFor(lock: Int32Array, action: () => void): void {
  while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) {
    if (Atomics.wait(lock, 0, 1, LOCK_LIMIT_MS) === 'timed-out') break;
  }
  try {
    action();
  } finally {
    Atomics.store(lock, 0, 0);
    Atomics.notify(lock, 0, 1);
  }
}
