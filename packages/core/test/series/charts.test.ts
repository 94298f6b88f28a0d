import { describe, expect, it } from 'vitest';
import { MemorySeries } from '../../src/index.js';
import { chooseTicks } from '../../src/series/axis-ticks.js';
import { escapeMarkup } from '../../src/series/escape-markup.js';
import { rssSample } from './sample-lists.js';

const MIB = 1024 * 1024;

describe('a chart', () => {
  const series = MemorySeries.fromSamples(
    [
      { ...rssSample(1000, 50 * MIB), heapUsedBytes: 10 * MIB },
      rssSample(2000, 90 * MIB),
      rssSample(5000, 20 * MIB),
    ],
    { label: '<script>alert("a & b")</script>', startedAtEpochMs: 0 },
  );

  it('draws a line for each metric that was read, to scale', () => {
    const svg = series.toSVG();
    const path = /<path class="line rssBytes" d="(M7[^"]*)"\/>\n/.exec(svg)?.[1] ?? '';
    const points = path
      .slice(1)
      .split('L')
      .map((point) => point.split(' ').map(Number));
    expect(points).toHaveLength(3);
    const [[x0 = 0, y0 = 0] = [], [x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = points;
    expect((x1 - x0) / (x2 - x0)).toBeCloseTo(0.25, 2);
    expect((y1 - y0) / (y2 - y0)).toBeCloseTo(-40 / 30, 2);
    expect(svg.match(/class="line heapUsedBytes"/g)).toHaveLength(2); // in the legend and in the plot
    expect(svg).not.toContain('class="line externalBytes"');
  });

  it('has a title, units, a legend and colours for both themes', () => {
    for (const part of ['MiB', 'seconds', 'heap used', 'prefers-color-scheme:dark', '>100<', '>4<']) {
      expect(series.toSVG()).toContain(part);
    }
  });

  it('lets no label become markup', () => {
    for (const text of [series.toSVG(), series.toHTML()]) {
      expect(text).not.toContain('<script');
      expect(text).toContain('&lt;script&gt;alert(&quot;a &amp; b&quot;)&lt;/script&gt;');
    }
  });

  it('stays small however many samples there are', () => {
    const long = MemorySeries.fromSamples(
      Array.from({ length: 50_000 }, (_, i) => rssSample(i, (i % 997) * MIB)),
    );
    expect(long.toSVG().length).toBeLessThan(40_000);
  });

  it('can be drawn of a single sample', () => {
    const svg = MemorySeries.fromSamples([rssSample(0, 0)]).toSVG();
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('Infinity');
  });

  it('stands on a page with a table, which loads nothing', () => {
    const html = series.toHTML();
    expect(html).toContain('<th scope="row">RSS</th><td>50.0 MiB</td><td>20.0 MiB</td><td>-30.0 MiB</td>');
    expect(html).toContain('<th scope="row">external</th><td>n/a</td>');
    expect(html).toContain('1970-01-01T00:00:00.000Z · 4.00 s · 3 samples');
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|src=|href=/);
  });
});

describe('chooseTicks', () => {
  it.each([
    [93, 6, [0, 20, 40, 60, 80, 100]],
    [0.31, 4, [0, 0.1, 0.2, 0.3, 0.4]],
    [4, 8, [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]],
    [1800, 6, [0, 500, 1000, 1500, 2000]],
  ])('divides 0 to %d roundly', (most, count, ticks) => {
    expect(chooseTicks(most, count)).toEqual(ticks);
  });

  it('has a scale for nothing', () => {
    expect(chooseTicks(0, 5)).toEqual([0, 0.2]);
  });
});

it('escapes what markup gives a meaning and replaces what XML forbids', () => {
  expect(escapeMarkup(`a<b>&"c'\0\x1b\ud800\t😀`)).toBe('a&lt;b&gt;&amp;&quot;c&#39;���\t😀');
});
