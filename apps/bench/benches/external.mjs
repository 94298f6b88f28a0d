/** What sampling external memory adds to each call that makes a buffer. */
import { alternate, median, middleHalf } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { printFigure } from '../src/print.mjs';

const PAIRS = 7;

export async function bench() {
  const runs = await alternate(
    PAIRS,
    () => measureInChild('cost-of-external.mjs'),
    () => measureInChild('cost-of-external.mjs', { arguments: ['sampled'] }),
  );
  for (const name of Object.keys(runs[0].plain)) {
    const added = runs.map(({ plain, subject }) => subject[name] - plain[name]);
    const [low, high] = middleHalf(added).map((nanos) => nanos.toFixed(0));
    const plain = median(runs.map((run) => run.plain[name])).toFixed(0);
    printFigure(
      name,
      `+${median(added).toFixed(0)} ns (middle half ${low} … ${high}) on ${plain} ns`,
      '≤ +25 ns',
    );
  }
}
