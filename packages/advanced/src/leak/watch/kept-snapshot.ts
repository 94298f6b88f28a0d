import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { SnapshotFile } from '../evidence.js';

/**
 * The copy of a snapshot's text that is kept for its graph. It replaces an earlier one when it is whole, and keeps
 * nothing when it cannot be written (a full disk): the reading goes on without it.
 */
export class KeptSnapshot implements Disposable {
  readonly #snapshot: SnapshotFile;
  readonly #unfinished: string;
  #fd: number | null;

  constructor(snapshot: SnapshotFile) {
    this.#snapshot = snapshot;
    this.#unfinished = `${snapshot.file}.unfinished`;
    this.#fd = openOrNull(this.#unfinished);
  }

  write(text: string): void {
    if (this.#fd === null) return;
    try {
      writeSync(this.#fd, text, null, 'latin1'); // V8 writes ASCII
    } catch {
      this[Symbol.dispose]();
    }
  }

  /** @returns null when it could not be written */
  finish(): SnapshotFile | null {
    if (this.#fd === null) return null;
    closeSync(this.#fd);
    this.#fd = null;
    renameSync(this.#unfinished, this.#snapshot.file);
    return this.#snapshot;
  }

  /** Removes what is not finished. */
  [Symbol.dispose](): void {
    if (this.#fd === null) return;
    closeSync(this.#fd);
    this.#fd = null;
    rmSync(this.#unfinished, { force: true });
  }
}

function openOrNull(file: string): number | null {
  try {
    return openSync(file, 'w', 0o600);
  } catch {
    return null;
  }
}
