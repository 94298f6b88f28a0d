import { formatBytes, type MemorySeries } from '@memx/core';

/** One line about a recorded program: how long, how high, what stayed. */
export function renderSummaryLine(series: MemorySeries): string {
  const { peak, delta, durationMs } = series;
  const parts = [
    `${(durationMs / 1000).toFixed(1)} s`,
    `rss peak ${formatBytes(peak.rssBytes)} (${formatBytes(delta.rssBytes, { signed: true })})`,
  ];
  if (peak.heapUsedBytes !== null && delta.heapUsedBytes !== null) {
    parts.push(
      `heap peak ${formatBytes(peak.heapUsedBytes)} (${formatBytes(delta.heapUsedBytes, { signed: true })})`,
    );
  }
  if (peak.externalBytes !== null) parts.push(`external peak ${formatBytes(peak.externalBytes)}`);
  return `memx  ${parts.join('  ·  ')}`;
}
