import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for the snapshots of one watch, which hold the program's strings: only its user may read it (0700), and it is
 * removed when it is disposed, or when the process exits before that.
 */
export class SnapshotFolder implements Disposable {
  /** Null where none can be made: the watch goes on without snapshots. */
  readonly path: string | null = makeOrNot();
  readonly #remove = () => {
    if (this.path !== null) rmSync(this.path, { recursive: true, force: true });
  };

  constructor() {
    process.once('exit', this.#remove);
  }

  [Symbol.dispose](): void {
    process.off('exit', this.#remove);
    this.#remove();
  }
}

function makeOrNot(): string | null {
  try {
    return mkdtempSync(join(tmpdir(), 'memx-watch-'));
  } catch {
    return null;
  }
}
