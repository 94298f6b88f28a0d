import { formatBytes } from '../model/bytes.js';
import { type MemoryMetric, memoryMetrics } from '../model/sample.js';
import { chooseTicks } from './axis-ticks.js';
import { downsampleColumns } from './downsample.js';
import { escapeMarkup } from './escape-markup.js';
import type { SeriesData } from './series-data.js';
import type { SeriesSummary } from './summarize.js';

const WIDTH = 800;
const HEIGHT = 400;
const PLOT = { left: 70, right: 780, top: 64, bottom: 356 };
const MIB = 1024 * 1024;

/** More points than pixels show nothing more. */
const MOST_POINTS = 1000;

/** Names for people and colours that keep apart in light, in dark and for the colour-blind (Okabe & Ito 2008). */
export const metricLooks: Readonly<Record<MemoryMetric, { name: string; light: string; dark: string }>> = {
  rssBytes: { name: 'RSS', light: '#0072b2', dark: '#56b4e9' },
  heapUsedBytes: { name: 'heap used', light: '#d55e00', dark: '#ff8a3d' },
  heapTotalBytes: { name: 'heap total', light: '#b07d00', dark: '#f0c95c' },
  externalBytes: { name: 'external', light: '#00795a', dark: '#2fc79b' },
  arrayBuffersBytes: { name: 'array buffers', light: '#a5427c', dark: '#e29cc6' },
};

/** One chart, complete in itself. */
export function renderSeriesSvg(data: SeriesData, summary: SeriesSummary): string {
  const columns = downsampleColumns(data.columns, MOST_POINTS);
  const metrics = memoryMetrics.filter((metric) => columns[metric].some((value) => !Number.isNaN(value)));
  const begin = columns.timeMs[0] ?? 0;
  const seconds = columns.timeMs.map((timeMs) => (timeMs - begin) / 1000);
  const mostMiB = Math.max(0, ...metrics.flatMap((metric) => summary.peak[metric] ?? [])) / MIB;
  const x = scale(chooseTicks(seconds.at(-1) ?? 0, 8), { from: PLOT.left, to: PLOT.right });
  const y = scale(chooseTicks(mostMiB, 6), { from: PLOT.bottom, to: PLOT.top });
  const title = data.label ?? 'Memory';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeMarkup(title)}">`,
    `<style>${renderStyle()}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text class="title" x="${PLOT.left}" y="24">${escapeMarkup(title)}</text>`,
    `<text x="${PLOT.right}" y="24" text-anchor="end">peak RSS ${formatBytes(summary.peak.rssBytes)}</text>`,
    ...metrics.map(renderLegend),
    ...y.ticks.flatMap(({ at, label }) => [
      `<path class="grid" d="M${PLOT.left} ${at}H${PLOT.right}"/>`,
      `<text x="${PLOT.left - 8}" y="${at}" dy="4" text-anchor="end">${label}</text>`,
    ]),
    ...x.ticks.map(
      ({ at, label }) => `<text x="${at}" y="${PLOT.bottom + 18}" text-anchor="middle">${label}</text>`,
    ),
    `<text x="${PLOT.left - 8}" y="${PLOT.top - 12}" text-anchor="end">MiB</text>`,
    `<text x="${PLOT.right}" y="${HEIGHT - 8}" text-anchor="end">seconds</text>`,
    ...metrics.map((metric) => {
      const line = renderPath(
        seconds,
        columns[metric].map((bytes) => bytes / MIB),
        { x: x.place, y: y.place },
      );
      return `<path class="line ${metric}" d="${line}"/>`;
    }),
    '</svg>',
  ].join('\n');
}

interface Scale {
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  place(value: number): number;
}

function scale(ticks: readonly number[], { from, to }: { from: number; to: number }): Scale {
  const most = ticks.at(-1) ?? 1;
  const place = (value: number) => round(from + (value / most) * (to - from));
  return { place, ticks: ticks.map((value) => ({ at: place(value), label: String(value) })) };
}

/** A metric read once is a dot: the round ends of a line without length. */
function renderPath(
  seconds: Float64Array,
  sizes: Float64Array,
  { x, y }: { x: Scale['place']; y: Scale['place'] },
): string {
  const points: string[] = [];
  sizes.forEach((size, row) => {
    if (!Number.isNaN(size)) points.push(`${x(seconds[row] ?? 0)} ${y(size)}`);
  });
  return `M${points.join('L')}${points.length === 1 ? 'h0' : ''}`;
}

function renderLegend(metric: MemoryMetric, position: number): string {
  const left = PLOT.left + position * 130;
  return `<path class="line ${metric}" d="M${left} 42h18"/><text x="${left + 24}" y="46">${metricLooks[metric].name}</text>`;
}

function renderStyle(): string {
  const colours = (theme: 'light' | 'dark') =>
    memoryMetrics.map((metric) => `.${metric}{stroke:${metricLooks[metric][theme]}}`).join('');
  return [
    'text{font:12px system-ui,sans-serif;fill:#444}.title{font-size:16px;font-weight:600;fill:#111}',
    '.ground{fill:#fff}.grid{stroke:#ddd}.line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}',
    colours('light'),
    '@media(prefers-color-scheme:dark){text{fill:#bbb}.title{fill:#eee}.ground{fill:#16181c}.grid{stroke:#33373d}',
    colours('dark'),
    '}',
  ].join('');
}

const round = (value: number) => Math.round(value * 10) / 10;
