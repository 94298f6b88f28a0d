import { type AllocationProfile, onlyMemory, totalOf } from '@memx/advanced';
import { formatBytes } from '@memx/core';
import pico from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { renderExternal } from './external-text.js';
import { renderCaution } from './profile-caution.js';
import { renderFunctions, renderPackages, renderThreads, type TableContext } from './profile-table.js';
import type { ProfileTextOptions } from './profile-text-options.js';
import { renderRelativeError } from './relative-error.js';

/**
 * A profile, or the difference of two, for people: how much, which functions or lines, which packages, which threads,
 * and what to beware of.
 */
export function renderProfileText(whole: AllocationProfile, options: ProfileTextOptions): string {
  const profile = onlyMemory(whole, 'heap');
  const { bold, dim } = pico.createColors(options.colors);
  const context: TableContext = { ...options, totalBytes: totalOf(profile).sizeBytes, bold, dim };
  const wrap = (text: string) => wrapAnsi(text, options.columns);
  const parts = [wrap(profile.kind === 'difference' ? renderChange(profile) : renderAmount(profile))];
  if (profile.stacks.length > 0) {
    parts.push(renderFunctions(profile, context), renderPackages(profile, context));
    if (profile.threads.length > 1) parts.push(renderThreads(profile, context));
    parts.push(...renderCaution(profile).map(wrap));
  }
  const external = renderExternal(whole, { ...options, bold, dim });
  if (external) parts.push(external);
  return `${parts.join('\n\n')}\n`;
}

function renderAmount(profile: AllocationProfile): string {
  const { sizeBytes, standardErrorBytes } = totalOf(profile);
  const what = profile.measure === 'live' ? 'Alive at the end' : 'Allocated';
  const during = profile.durationMs === null ? '' : ` in ${(profile.durationMs / 1000).toFixed(1)} s`;
  const node = profile.node === null ? '' : ` on Node ${profile.node}`;
  const error = renderRelativeError(sizeBytes, standardErrorBytes);
  return `memx  ${what}${during}${node}: ${formatBytes(sizeBytes)} ${error}${renderBasis(profile)}.`;
}

function renderChange(profile: AllocationProfile): string {
  if (profile.stacks.length === 0) return 'memx  The two profiles do not differ.';
  const { sizeBytes, standardErrorBytes } = totalOf(profile);
  const what = profile.measure === 'live' ? 'Alive' : 'Allocated';
  const amount = formatBytes(sizeBytes, { signed: true });
  const error = standardErrorBytes === null ? '' : `, ±${formatBytes(standardErrorBytes)}`;
  return `memx  ${what} in the second but not in the first: ${amount}${error}${renderBasis(profile)}.`;
}

function renderBasis(profile: AllocationProfile): string {
  const { samples } = totalOf(profile);
  const { samplingIntervalBytes: interval } = profile;
  if (samples === null) return '';
  return ` (${samples} samples${interval === null ? '' : `, one per ${formatBytes(interval)}`})`;
}
