import { builtin } from '../builtin.js';
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
  const files = builtin('node:fs/promises');
  let temporary: string | undefined;
  try {
    const target = await files.realpath(path).catch(() => path);
    const isOrdinary = await files.stat(target).then(
      (found) => found.isFile(),
      () => true,
    );
    if (!isOrdinary) return await files.writeFile(target, data);
    temporary = temporaryName(target);
    await files.writeFile(temporary, data, FRESH_AND_PRIVATE);
    await files.rename(temporary, target);
  } catch (cause) {
    if (temporary !== undefined) await files.rm(temporary, { force: true }).catch(() => {});
    throw notWritten(path, cause);
  }
}

/**
 * {@link writeFileWhole} for the moment of exit, when nothing asynchronous happens any more.
 *
 * @throws MemxError `ERR_MEMX_IO`; nothing is left behind
 */
export function writeFileWholeSync(path: string, data: string | Uint8Array): void {
  const { realpathSync, renameSync, statSync, writeFileSync } = builtin('node:fs');
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
    builtin('node:fs').rmSync(path, { force: true });
  } catch {
    // The first failure is the one to tell.
  }
}

/** In the same folder, because a rename between file systems is a copy. Not random: node:crypto takes 2 to 4 MiB (Node 20 to 26). */
function temporaryName(target: string): string {
  return `${target}.${process.pid}.${process.hrtime.bigint().toString(36)}.tmp`;
}

function notWritten(path: string, cause: unknown): MemxError {
  return new MemxError('ERR_MEMX_IO', {
    what: 'A file could not be written',
    value: path,
    remedy: 'Give a path in a folder that exists and may be written to.',
    cause,
  });
}
