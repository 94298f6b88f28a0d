import { profileFileEndings, profileFormatOf } from '@memx/advanced';
import { MemxError } from '@memx/core';

/** What two files can be compared as, by their names. */
export type RecordingKind = 'profile';

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` for a file that cannot be compared. */
export function recordingKindOf(files: readonly string[]): RecordingKind {
  for (const file of files) {
    if (profileFormatOf(file)) continue;
    throw new MemxError('ERR_MEMX_INVALID_OPTION', {
      what: 'No recording that can be compared has such a name',
      value: file,
      remedy: `Give files that end in ${profileFileEndings.join(', ')}.`,
    });
  }
  return 'profile';
}
