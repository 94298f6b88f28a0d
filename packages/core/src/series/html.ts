import { formatBytes } from '../model/bytes.js';
import { type MemoryMetric, memoryMetrics } from '../model/sample.js';
import { escapeMarkup } from './escape-markup.js';
import type { SeriesData } from './series-data.js';
import type { SeriesSummary } from './summarize.js';
import { metricLooks, renderSeriesSvg } from './svg.js';

const STYLE = `
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:860px;margin:2rem auto;padding:0 1rem}
svg{max-width:100%;height:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .6rem;text-align:right;border-bottom:1px solid #8884}
th:first-child{text-align:left}
`;

/** One page that loads nothing. */
export function renderSeriesHtml(data: SeriesData, summary: SeriesSummary): string {
  const title = escapeMarkup(data.label ?? 'Memory');
  const { timeMs } = data.columns;
  const seconds = ((timeMs.at(-1) ?? 0) - (timeMs[0] ?? 0)) / 1000;
  const startedAt = new Date(data.startedAtEpochMs);
  const when = Number.isNaN(startedAt.getTime()) ? '' : `${startedAt.toISOString()} · `;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>${when}${seconds.toFixed(2)} s · ${timeMs.length} samples</p>
${renderSeriesSvg(data, summary)}
<table>
<thead><tr><th>Metric</th><th>Start</th><th>End</th><th>Change</th><th>Peak</th><th>Lowest</th><th>Mean</th></tr></thead>
<tbody>
${memoryMetrics.map((metric) => renderRow(metric, summary)).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

function renderRow(metric: MemoryMetric, { start, end, delta, peak, min, mean }: SeriesSummary): string {
  const cells = [
    size(start[metric]),
    size(end[metric]),
    size(delta[metric], true),
    size(peak[metric]),
    size(min[metric]),
    size(mean[metric]),
  ];
  const name = metricLooks[metric].name;
  return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function size(bytes: number | null, signed = false): string {
  return formatBytes(bytes ?? Number.NaN, { signed });
}
