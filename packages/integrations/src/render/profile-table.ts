import {
  type AllocationProfile,
  type FrameOrigin,
  type FunctionTotal,
  rankFunctions,
  rankPackages,
  totalOf,
} from '@memx/advanced';
import { formatBytes } from '@memx/core';
import type { ProfileTextOptions } from './profile-text-options.js';
import { renderRelativeError } from './relative-error.js';
import { renderExcerpt } from './source-excerpt.js';
import { renderSource } from './source-place.js';

export interface TableContext extends ProfileTextOptions {
  readonly totalBytes: number;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

type Amount = Pick<FunctionTotal, 'sizeBytes' | 'standardErrorBytes' | 'samples'>;

const MAX_PACKAGES = 10;

/** The functions, or the lines, that allocate the most. */
export function renderFunctions(profile: AllocationProfile, context: TableContext): string {
  const { bold, top } = context;
  const isByLine = profile.precision === 'line';
  const rows = rankFunctions(profile);
  const [heading, indent] = [renderHeading(profile), ' '.repeat(renderHeading(profile).length + 2)];
  const shown = rows.slice(0, top).flatMap((row) => {
    const [first, ...others] = isByLine
      ? describeLine(row, context, indent.length)
      : describeFunction(row, context);
    return [`${renderAmounts(row, profile, context)}  ${first}`, ...others.map((text) => `${indent}${text}`)];
  });
  const hidden = rows.length - top;
  return [
    bold(`${heading}  ${isByLine ? 'Line' : 'Function'}`),
    ...shown,
    ...(hidden > 0 ? [`${indent}and ${hidden} more ${isByLine ? 'lines' : 'functions'}`] : []),
  ].join('\n');
}

/** The function and whose it is; where it starts. */
function describeFunction({ frame }: FunctionTotal, { cwd }: TableContext): string[] {
  const name = `${frame.functionName}  (${whose(frame)})`;
  return frame.line === 0 ? [name] : [name, place(frame, cwd)];
}

/** The place and the builtin that allocates there; its function and whose it is; its text. */
function describeLine(row: FunctionTotal, context: TableContext, indent: number): string[] {
  const { frame, builtins } = row;
  if (frame.line === 0) return describeFunction(row, context);
  const width = Math.max(20, context.columns - indent);
  const text = context.sourceLineOf?.(frame.filename, frame.line) ?? null;
  const builtin = frame.origin === 'node' ? undefined : builtins[0];
  return [
    place(frame, context.cwd) + (builtin === undefined ? '' : `  ${builtin}`),
    `${frame.functionName}  (${whose(frame)})`,
    ...(text === null ? [] : [context.dim(renderExcerpt(text, { column: frame.column, width }))]),
  ];
}

function place(frame: FunctionTotal['frame'], cwd: string): string {
  return `${renderSource({ ...frame, package: frame.packageName }, cwd)}:${frame.column}`;
}

export function renderPackages(profile: AllocationProfile, context: TableContext): string {
  const rows = rankPackages(profile);
  const hidden = rows.length - MAX_PACKAGES;
  return renderTotals('Package', profile, {
    context,
    rows: rows.slice(0, MAX_PACKAGES).map((row) => ({ name: whose(row), amount: row })),
    more: hidden > 0 ? `and ${hidden} more packages` : null,
  });
}

export function renderThreads(profile: AllocationProfile, context: TableContext): string {
  const rows = profile.threads.map(({ id }) => ({
    name: id === 0 ? 'main thread' : `worker ${id}`,
    amount: totalOf(profile, id),
  }));
  return renderTotals('Thread', profile, { context, rows, more: null });
}

function renderTotals(
  heading: string,
  profile: AllocationProfile,
  {
    context,
    rows,
    more,
  }: {
    context: TableContext;
    rows: readonly { readonly name: string; readonly amount: Amount }[];
    more: string | null;
  },
): string {
  const lines = rows.map(({ name, amount }) => `${renderAmounts(amount, profile, context)}  ${name}`);
  const indent = ' '.repeat(renderHeading(profile).length + 2);
  return [
    context.bold(`${renderHeading(profile)}  ${heading}`),
    ...lines,
    ...(more === null ? [] : [`${indent}${more}`]),
  ].join('\n');
}

/** A difference has no whole that its parts could be shares of. */
function renderHeading({ kind }: AllocationProfile): string {
  return kind === 'difference'
    ? columns('Bytes', 'Error', 'Samples')
    : columns('Bytes', 'Share', 'Error', 'Samples');
}

function renderAmounts(
  { sizeBytes, standardErrorBytes, samples }: Amount,
  { kind }: AllocationProfile,
  { totalBytes }: TableContext,
): string {
  const count = String(samples ?? '');
  if (kind === 'difference') {
    const error = standardErrorBytes === null ? '' : `±${formatBytes(standardErrorBytes)}`;
    return columns(formatBytes(sizeBytes, { signed: true }), error, count);
  }
  const share = `${((100 * sizeBytes) / totalBytes).toFixed(1)} %`;
  return columns(formatBytes(sizeBytes), share, renderRelativeError(sizeBytes, standardErrorBytes), count);
}

function columns(...cells: readonly string[]): string {
  const widths = cells.length === 4 ? [10, 8, 7, 9] : [12, 12, 9];
  return cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join('');
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
