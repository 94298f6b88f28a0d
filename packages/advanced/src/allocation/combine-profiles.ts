import { MemxError } from '@memx/core';
import type { AllocationProfile, ProfileMeta } from './allocation-profile.js';
import { type Estimate, ProfileBuilder, type StackOwner, stacksOf } from './profile-builder.js';

/**
 * One profile of several, for example of the threads of one process. A stack that is in several is summed; how it was
 * measured is taken from the first.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION` when there is none, or when they do not measure the same.
 */
export function mergeProfiles(profiles: readonly AllocationProfile[]): AllocationProfile {
  const [first, ...others] = profiles;
  if (!first) {
    throw new MemxError('ERR_MEMX_INVALID_OPTION', {
      what: 'There is no profile to merge',
      value: profiles,
      remedy: 'Give one or more.',
    });
  }
  for (const other of others) checkComparable(first, other);
  const builder = new ProfileBuilder({ ...metaOf(first), durationMs: longest(profiles) });
  for (const profile of profiles) {
    for (const { id } of profile.threads) builder.addThread(id);
    for (const { stack, ...of } of stacksOf(profile)) builder.add(of, stack, of);
  }
  return builder.build();
}

/**
 * What `after` holds more (positive) or less (negative) than `before`, stack by stack. The errors of both add up: a
 * difference below twice its `standardErrorBytes` is noise. Stacks that are equal in both are left out, and so is
 * external memory that only one of them measured.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION` when one is live and the other total, or one of them is a difference.
 */
export function diffProfiles(before: AllocationProfile, after: AllocationProfile): AllocationProfile {
  if (before.kind === 'difference') throw notComparable('kind', before.kind, after.kind);
  checkComparable(before, after);
  const hasExternal = before.externalIntervalBytes !== null && after.externalIntervalBytes !== null;
  const builder = new ProfileBuilder({
    ...metaOf(after),
    kind: 'difference',
    externalIntervalBytes: hasExternal ? after.externalIntervalBytes : null,
  });
  const isComparable = ({ memory }: StackOwner) => memory === 'heap' || hasExternal;
  for (const { id } of [...before.threads, ...after.threads]) builder.addThread(id);
  for (const { stack, ...of } of stacksOf(after)) if (isComparable(of)) builder.add(of, stack, of);
  for (const { stack, ...of } of stacksOf(before)) if (isComparable(of)) builder.add(of, stack, negate(of));
  const difference = builder.build();
  return { ...difference, stacks: difference.stacks.filter(({ sizeBytes }) => sizeBytes !== 0) };
}

function negate({ sizeBytes, count, samples, standardErrorBytes }: Estimate): Estimate {
  return { sizeBytes: -sizeBytes, count: count === null ? null : 0 - count, samples, standardErrorBytes };
}

function checkComparable(a: AllocationProfile, b: AllocationProfile): void {
  for (const name of ['kind', 'measure', 'precision'] as const) {
    if (a[name] !== b[name] && a[name] !== null && b[name] !== null)
      throw notComparable(name, a[name], b[name]);
  }
}

function notComparable(name: string, a: string | null, b: string | null): MemxError {
  return new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: `The profiles do not have a ${name} that can be taken together`,
    value: [a, b],
    remedy: 'Take both in the same way.',
  });
}

export function metaOf(profile: AllocationProfile): ProfileMeta {
  const { threads, frames, stacks, ...meta } = profile;
  return meta;
}

function longest(profiles: readonly AllocationProfile[]): number | null {
  const durations = profiles.flatMap(({ durationMs }) => durationMs ?? []);
  return durations.length === 0 ? null : Math.max(...durations);
}
