import { type AllocationProfile, encodeProfile, profileFileEndings, profileFormatOf } from '@memx/advanced';
import { writeFileWhole } from '@memx/core';
import { InvalidArgumentError } from 'commander';
import { parseOutputFile } from '../output-file.js';

/** The name of a file says its format. */
export function parseProfileFile(file: string): string {
  if (profileFormatOf(file)) return parseOutputFile(file);
  throw new InvalidArgumentError(`Give a file that ends in ${profileFileEndings.join(', ')}.`);
}

/** @param file as {@link parseProfileFile} let it pass */
export async function writeProfileFile(file: string, profile: AllocationProfile): Promise<void> {
  const format = profileFormatOf(file);
  if (format) await writeFileWhole(file, await encodeProfile(profile, format));
}
