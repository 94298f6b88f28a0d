/** What `import '@memx/core'` costs against importing an empty module. */
import { alternate, median } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { MIB, printFigure } from '../src/print.mjs';

const PAIRS = 30;

export async function bench() {
  const importing = (specifier) => () => measureInChild('import-cost.mjs', { arguments: [specifier] });
  const runs = await alternate(PAIRS, importing('./empty.mjs'), importing('@memx/core'));
  const cost = (figure) => median(runs.map(({ plain, subject }) => subject[figure] - plain[figure]));
  printFigure(`time, median of ${PAIRS} pairs`, `${cost('ms').toFixed(2)} ms`, '≤ 5 ms');
  printFigure(
    `resident set, median of ${PAIRS} pairs`,
    `${(cost('rssBytes') / MIB).toFixed(2)} MiB`,
    '≤ 1 MiB',
  );
}
