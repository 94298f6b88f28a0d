import { readFile } from 'node:fs/promises';
import { type AllocationProfile, decodeProfile, diffProfiles, encodeProfile } from '@memx/advanced';
import { MemxError } from '@memx/core';
import pico from 'picocolors';
import { renderProfileText } from '../../render/profile-text.js';
import { writeProfileFile } from '../profile/profile-file.js';
import { sourceLineReader } from '../profile/read-source-line.js';

export interface ProfileDiffOptions {
  readonly top: number;
  readonly output?: string;
  readonly json?: boolean;
}

/** @throws MemxError when a file cannot be read or written, or the two do not measure the same. */
export async function diffProfileFiles(
  [before, after]: readonly [string, string],
  { top, output, json }: ProfileDiffOptions,
): Promise<void> {
  const difference = diffProfiles(await readProfile(before), await readProfile(after));
  if (output !== undefined) await writeProfileFile(output, difference);
  if (json) process.stdout.write(await encodeProfile(difference, 'json'));
  else {
    const text = renderProfileText(difference, {
      columns: process.stdout.columns ?? 80,
      colors: pico.isColorSupported && process.stdout.isTTY,
      cwd: process.cwd(),
      top,
      sourceLineOf: sourceLineReader(),
    });
    process.stdout.write(text);
  }
}

async function readProfile(file: string): Promise<AllocationProfile> {
  return await decodeProfile(await readBytes(file));
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new MemxError('ERR_MEMX_IO', {
      what: 'The profile could not be read',
      value: file,
      remedy: 'Give a file that is there and may be read.',
      cause,
    });
  }
}
