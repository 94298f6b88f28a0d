import { profileFileEndings, profileFormatOf } from '@memx/advanced';
import { MemxError } from '@memx/core';

/** What files can be compared as, by their names. */
export type RecordingKind = 'profile' | 'snapshot';

const snapshotFileEndings = ['.heapsnapshot', '.heapsnapshot.gz', '.heapsnapshot.br', '.heapsnapshot.zst'];

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` for a file that cannot be compared, or not with the others. */
export function recordingKindOf(files: readonly string[]): RecordingKind {
  const kinds = new Set(files.map(kindOf));
  const [kind, other] = kinds;
  if (kind !== undefined && other === undefined) return kind;
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'Profiles and heap snapshots cannot be compared with each other',
    value: files.join(', '),
    remedy: 'Give files of one kind.',
  });
}

function kindOf(file: string): RecordingKind {
  if (file === '-' || snapshotFileEndings.some((ending) => file.endsWith(ending))) return 'snapshot';
  if (profileFormatOf(file)) return 'profile';
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'No recording that can be compared has such a name',
    value: file,
    remedy: `Give files that end in ${[...snapshotFileEndings.slice(0, 1), ...profileFileEndings].join(', ')}.`,
  });
}
