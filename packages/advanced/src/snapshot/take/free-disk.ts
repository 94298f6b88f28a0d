import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';

/** What this user may still write where the path is (where temporary files are, for a stream); null when nobody can tell. */
export function readFreeDisk(path: string | null): number | null {
  try {
    const { bavail, bsize } = statfsSync(path === null ? tmpdir() : dirname(resolve(path)));
    return bavail * bsize;
  } catch {
    return null;
  }
}
