import { MemxError } from '@memx/core';

/** The index of the cohort. One or two boundaries are the rule: going through them beats a search. */
export function cohortOf(id: number, boundaries: readonly number[]): number {
  let cohort = 0;
  while (cohort < boundaries.length && id >= (boundaries[cohort] as number)) cohort++;
  return cohort;
}

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` unless they are numbers in ascending order */
export function checkCohortBoundaries(boundaries: readonly number[]): readonly number[] {
  const isAscending = boundaries.every(
    (id, index) => Number.isFinite(id) && id > (boundaries[index - 1] ?? Number.NEGATIVE_INFINITY),
  );
  if (isAscending) return [...boundaries];
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'Invalid cohortBoundaries',
    value: boundaries,
    remedy: "Give object ids in ascending order, such as an earlier snapshot's maxObjectId + 1.",
  });
}
