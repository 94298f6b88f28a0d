import { randomBytes } from 'node:crypto';
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { MemxError } from '../errors.js';

/** Readable by nobody else, and never over a file that is already there. */
const FRESH_AND_PRIVATE = { mode: 0o600, flag: 'wx' };

/**
 * Writes a file whole or not at all: under a temporary name beside it, which then takes its place. Mode 0600.
 * A symbolic link is followed; what is no regular file (a pipe, `/dev/stdout`) is written to directly.
 *
 * @throws MemxError `ERR_MEMX_IO`; nothing is left behind
 */
export async function writeFileWhole(path: string, data: string | Uint8Array): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await realpath(path).catch(() => path);
    const isOrdinary = await stat(target).then(
      (found) => found.isFile(),
      () => true,
    );
    if (!isOrdinary) return await writeFile(target, data);
    temporary = temporaryName(target);
    await writeFile(temporary, data, FRESH_AND_PRIVATE);
    await rename(temporary, target);
  } catch (cause) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => {});
    throw notWritten(path, cause);
  }
}

/**
 * {@link writeFileWhole} for the moment of exit, when nothing asynchronous happens any more.
 *
 * @throws MemxError `ERR_MEMX_IO`; nothing is left behind
 */
export function writeFileWholeSync(path: string, data: string | Uint8Array): void {
  let temporary: string | undefined;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    const target = found === undefined ? path : realpathSync(path);
    if (found !== undefined && !found.isFile()) {
      writeFileSync(target, data);
      return;
    }
    temporary = temporaryName(target);
    writeFileSync(temporary, data, FRESH_AND_PRIVATE);
    renameSync(temporary, target);
  } catch (cause) {
    if (temporary !== undefined) removeQuietly(temporary);
    throw notWritten(path, cause);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The first failure is the one to tell.
  }
}

/** In the same folder, because a rename between file systems is a copy. */
function temporaryName(target: string): string {
  return `${target}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
}

function notWritten(path: string, cause: unknown): MemxError {
  return new MemxError('ERR_MEMX_IO', {
    what: 'A file could not be written',
    value: path,
    remedy: 'Give a path in a folder that exists and may be written to.',
    cause,
  });
}
