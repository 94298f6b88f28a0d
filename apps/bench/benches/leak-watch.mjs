/**
 * What `startLeakWatch` adds to the CPU time of an HTTP server that hands it every request: the same requests with and
 * without it, in turn, in processes of their own; alone (no forced collection), and with cohorts at a pause share of 0.001.
 */
import { alternate, median, middleHalf } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { printFigure } from '../src/print.mjs';

const PAIRS = 8;

export async function bench() {
  for (const [label, shares] of [
    ['without forced collections', []],
    ['with maxPauseShare 0.001', ['0.001']],
  ]) {
    const runs = await alternate(
      PAIRS,
      () => measureInChild('cpu-of-serving.mjs'),
      () => measureInChild('cpu-of-serving.mjs', { arguments: ['watched', ...shares] }),
    );
    const ratios = runs.map(({ plain, subject }) => subject.cpuMs / plain.cpuMs);
    const [low, high] = middleHalf(ratios).map((ratio) => ratio.toFixed(3));
    const spread = `middle half ${low} … ${high}, ${runs.length} pairs`;
    printFigure(
      `CPU ratio under startLeakWatch, ${label}`,
      `${median(ratios).toFixed(3)} (${spread})`,
      '≤ 1.01',
    );
    const pauses = runs.map(({ subject }) => subject.status.report?.pauses.totalMs ?? 0);
    printFigure('  paused for it', `${median(pauses).toFixed(1)} ms`, '');
  }
}
