import { formatBytes } from '@memx/core';
import type { MeasuredTest } from './dearest-tests.js';

const HEADINGS = ['heap', 'external', 'rss', 'peak rss'];

/**
 * The summary of a run.
 *
 * @param tests not empty, dearest first
 * @param seen how many tests were measured
 */
export function renderMemoryTable(tests: readonly MeasuredTest[], seen: number): string {
  const rows = [HEADINGS, ...tests.map(toCells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const names = ['test', ...tests.map(toName)];
  const lines = rows.map((row, index) => {
    const cells = widths.map((width, column) => row[column]?.padStart(width));
    return ` ${cells.join('  ')}  ${names[index]}`;
  });
  return ['', ` ${toTitle(tests, seen)}`, ...lines, ''].join('\n');
}

function toCells({ memory }: MeasuredTest): string[] {
  const deltas = [memory.heapUsedDeltaBytes, memory.externalDeltaBytes, memory.rssDeltaBytes];
  const peak = memory.rssPeakBytes === null ? 'n/a' : formatBytes(memory.rssPeakBytes);
  return [...deltas.map((bytes) => formatBytes(bytes, { signed: true })), peak];
}

function toName({ name, memory: { overlapped } }: MeasuredTest): string {
  return overlapped === 0 ? name : `${name} (with ${overlapped} other${overlapped === 1 ? '' : 's'} running)`;
}

function toTitle(tests: readonly MeasuredTest[], seen: number): string {
  const which = tests.length < seen ? `the ${tests.length} dearest of ${seen} tests` : 'dearest test first';
  const honest = tests.every(({ memory }) => memory.garbageCollected);
  return `Memory, ${which} (${honest ? 'after forced collections' : 'garbage included; forceGc leaves it out'})`;
}
