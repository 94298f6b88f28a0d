import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';

/** Now is the time to say that a file cannot be written, not when the program has run. */
export function parseOutputFile(file: string): string {
  const path = resolve(file);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidArgumentError('Give a file, not a folder.');
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch {
    throw new InvalidArgumentError(`Make the folder ${dirname(path)} first, one that you may write to.`);
  }
  return file;
}
