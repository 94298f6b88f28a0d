import {
  type AllocationProfile,
  type FrameOrigin,
  type FunctionTotal,
  rankFunctions,
  rankPackages,
  totalOf,
} from '@memx/advanced';
import { formatBytes } from '@memx/core';
import pico from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { renderSource } from './source-place.js';

export interface ProfileTextOptions {
  readonly columns: number;
  readonly colors: boolean;
  /** Paths are printed relative to this folder. */
  readonly cwd: string;
  /** How many functions are listed. */
  readonly top: number;
}

const MAX_PACKAGES = 10;

/** A profile for people: how much, which functions, which packages, which threads, and what to beware of. */
export function renderProfileText(profile: AllocationProfile, options: ProfileTextOptions): string {
  const { sizeBytes: totalBytes } = totalOf(profile);
  const bold = (text: string) => (options.colors ? pico.createColors(true).bold(text) : text);
  const wrap = (text: string) => wrapAnsi(text, options.columns);
  const parts = [wrap(renderHeadline(profile))];
  if (totalBytes > 0) {
    parts.push(
      renderFunctions(profile, { ...options, totalBytes, bold }),
      renderPackages(profile, totalBytes, bold),
      ...(profile.threads.length > 1 ? [renderThreads(profile, totalBytes, bold)] : []),
      wrap(renderCaution(profile)),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function renderHeadline(profile: AllocationProfile): string {
  const { sizeBytes, standardErrorBytes, samples } = totalOf(profile);
  const what = profile.measure === 'live' ? 'Alive at the end' : 'Allocated';
  const during = profile.durationMs === null ? '' : ` in ${(profile.durationMs / 1000).toFixed(1)} s`;
  const node = profile.node === null ? '' : ` on Node ${profile.node}`;
  const every =
    profile.samplingIntervalBytes === null ? '' : `, one per ${formatBytes(profile.samplingIntervalBytes)}`;
  const basis = samples === null ? '' : ` (${samples} samples${every})`;
  return `memx  ${what}${during}${node}: ${formatBytes(sizeBytes)} ${renderError(sizeBytes, standardErrorBytes)}${basis}.`;
}

interface TableContext extends ProfileTextOptions {
  readonly totalBytes: number;
  readonly bold: (text: string) => string;
}

function renderFunctions(profile: AllocationProfile, { totalBytes, bold, top, cwd }: TableContext): string {
  const rows = rankFunctions(profile);
  const shown = rows.slice(0, top).flatMap((row) => {
    const numbers = columns(
      formatBytes(row.sizeBytes),
      share(row.sizeBytes, totalBytes),
      renderError(row.sizeBytes, row.standardErrorBytes),
      String(row.samples ?? ''),
    );
    return [`${numbers}  ${row.frame.functionName}  (${whose(row.frame)})`, ...placeLine(row, cwd)];
  });
  const hidden = rows.length - top;
  return [
    bold(`${columns('Bytes', 'Share', 'Error', 'Samples')}  Function`),
    ...shown,
    ...(hidden > 0 ? [`${PLACE_INDENT}and ${hidden} more functions`] : []),
  ].join('\n');
}

const PLACE_INDENT = ' '.repeat(columns('', '', '', '').length + 2);

function placeLine({ frame }: FunctionTotal, cwd: string): string[] {
  if (frame.line === 0) return [];
  return [`${PLACE_INDENT}${renderSource({ ...frame, package: frame.packageName }, cwd)}:${frame.column}`];
}

function columns(bytes: string, share: string, error: string, samples: string): string {
  return `${bytes.padStart(10)}${share.padStart(8)}${error.padStart(7)}${samples.padStart(9)}`;
}

function renderPackages(
  profile: AllocationProfile,
  totalBytes: number,
  bold: (text: string) => string,
): string {
  const rows = rankPackages(profile);
  return [
    bold(`${'Bytes'.padStart(10)}${'Share'.padStart(8)}  Package`),
    ...rows.slice(0, MAX_PACKAGES).map((row) => `${amount(row.sizeBytes, totalBytes)}  ${whose(row)}`),
    ...(rows.length > MAX_PACKAGES
      ? [`${' '.repeat(20)}and ${rows.length - MAX_PACKAGES} more packages`]
      : []),
  ].join('\n');
}

function renderThreads(
  profile: AllocationProfile,
  totalBytes: number,
  bold: (text: string) => string,
): string {
  return [
    bold(`${'Bytes'.padStart(10)}${'Share'.padStart(8)}  Thread`),
    ...profile.threads.map(
      ({ id }) =>
        `${amount(totalOf(profile, id).sizeBytes, totalBytes)}  ${id === 0 ? 'main thread' : `worker ${id}`}`,
    ),
  ].join('\n');
}

function amount(sizeBytes: number, totalBytes: number): string {
  return `${formatBytes(sizeBytes).padStart(10)}${share(sizeBytes, totalBytes).padStart(8)}`;
}

function share(sizeBytes: number, totalBytes: number): string {
  return `${((100 * sizeBytes) / totalBytes).toFixed(1)} %`;
}

/** One standard deviation, as a share of the number itself. */
function renderError(sizeBytes: number, standardErrorBytes: number | null): string {
  if (standardErrorBytes === null || sizeBytes === 0) return '';
  return `±${Math.ceil((100 * standardErrorBytes) / sizeBytes)} %`;
}

function whose({ origin, packageName }: { origin: FrameOrigin; packageName: string | null }): string {
  switch (origin) {
    case 'own':
      return 'your code';
    case 'dependency':
      return packageName ?? '';
    case 'node':
      return 'Node';
    case 'engine':
      return 'V8';
  }
}

function renderCaution({ precision, inliningOff }: AllocationProfile): string {
  const place = precision === 'function' ? 'A place is where its function starts. ' : '';
  const blame = inliningOff
    ? ''
    : "V8 inlines: a function's bytes may be those of small functions that it calls. --exact tells them apart.";
  return `${place}${blame}`.trim();
}
