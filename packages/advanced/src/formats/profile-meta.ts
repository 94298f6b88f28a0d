import type { AllocationProfile, ProfileMeta } from '../allocation/allocation-profile.js';
import { metaOf } from '../allocation/combine-profiles.js';
import { arrayOf, type Fields, fieldsOf, numberOf, oneOf, orNull, stringOf } from './fields.js';

/** What other formats have no field for; they carry it as `memx` beside their own. */
export interface CarriedMeta extends ProfileMeta {
  readonly threads: readonly number[];
}

/** What is known of a profile whose file does not say. */
export const UNKNOWN_META: ProfileMeta = {
  kind: 'profile',
  node: null,
  startedAtEpochMs: null,
  durationMs: null,
  samplingIntervalBytes: null,
  measure: null,
  precision: 'function',
  inliningOff: false,
  externalIntervalBytes: null,
};

export function toCarriedMeta(profile: AllocationProfile): CarriedMeta {
  return { ...metaOf(profile), threads: profile.threads.map(({ id }) => id) };
}

export function decodeCarriedMeta(value: unknown): CarriedMeta {
  const fields = fieldsOf(value, 'memx');
  return { ...decodeMeta(fields), threads: arrayOf(fields['threads'], 'threads').map(toThreadId) };
}

export function decodeMeta(fields: Fields): ProfileMeta {
  return {
    kind: oneOf(fields['kind'], 'kind', ['profile', 'difference']),
    node: orNull(fields['node'], (value) => stringOf(value, 'node')),
    startedAtEpochMs: orNull(fields['startedAtEpochMs'], (value) => numberOf(value, 'startedAtEpochMs')),
    durationMs: orNull(fields['durationMs'], (value) => numberOf(value, 'durationMs')),
    samplingIntervalBytes: orNull(fields['samplingIntervalBytes'], (value) =>
      numberOf(value, 'samplingIntervalBytes'),
    ),
    measure: orNull(fields['measure'], (value) => oneOf(value, 'measure', ['live', 'total'])),
    precision: oneOf(fields['precision'], 'precision', ['function', 'line']),
    inliningOff: fields['inliningOff'] === true,
    externalIntervalBytes: orNull(fields['externalIntervalBytes'], (value) =>
      numberOf(value, 'externalIntervalBytes'),
    ),
  };
}

export function toThreadId(value: unknown): number {
  return numberOf(value, 'a thread id');
}
