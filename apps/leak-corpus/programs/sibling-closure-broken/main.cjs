'use strict';
// Hot configuration reload. The comparison with the previous one happens outside the scope of the new closures.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let current = null;
let stricter = 0;

const isStricter = (before, after) => before !== null && before.count() < after.count() + (after.version % 2);

function parse(version) {
  const rules = Array.from({ length: 120 }, (_, i) => ({ route: `/v${version}/r${i}`, limit: i }));
  return {
    version,
    count: () => rules.length,
    find: (route) => rules.find((rule) => rule.route === route),
  };
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    const next = parse(n++);
    if (isStricter(current, next)) stricter++;
    current = next;
    if (current.find(`/v${current.version}/r7`).limit !== 7) throw new Error('lost a rule');
    await sleep(40);
  }
  console.log(`ops=${n} stricter=${stricter}`);
})();
