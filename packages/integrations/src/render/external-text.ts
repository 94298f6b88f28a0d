import { type AllocationProfile, onlyMemory, totalOf } from '@memx/advanced';
import { formatBytes } from '@memx/core';
import wrapAnsi from 'wrap-ansi';
import { renderFunctions, type TableContext } from './profile-table.js';
import { renderRelativeError } from './relative-error.js';

/** What was allocated outside of V8's heap, by line; null where that was not measured, or is nothing. */
export function renderExternal(
  profile: AllocationProfile,
  context: Omit<TableContext, 'totalBytes'>,
): string | null {
  // Of these the line is known at every precision.
  const external: AllocationProfile = { ...onlyMemory(profile, 'external'), precision: 'line' };
  if (external.stacks.length === 0) return null;
  const { sizeBytes: totalBytes, standardErrorBytes } = totalOf(external);
  const signed = profile.kind === 'difference';
  const amount = `${formatBytes(totalBytes, { signed })} ${renderRelativeError(totalBytes, standardErrorBytes)}`;
  const { externalIntervalBytes: interval } = profile;
  const every = interval === null ? '' : ` (one sample per ${formatBytes(interval)})`;
  return [
    wrapAnsi(`Outside of V8's heap, in Buffers and typed arrays: ${amount}${every}.`, context.columns),
    renderFunctions(external, { ...context, totalBytes }),
  ].join('\n\n');
}
