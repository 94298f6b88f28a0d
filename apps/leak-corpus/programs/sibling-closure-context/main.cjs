'use strict';
// Hot configuration reload. `isStricter` is only for the log line, yet it and `find` share one context.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let current = null;
let stricter = 0;

function reload(version) {
  const previous = current;
  const rules = Array.from({ length: 120 }, (_, i) => ({ route: `/v${version}/r${i}`, limit: i }));
  const isStricter = () => previous !== null && previous.count() < rules.length + (version % 2);
  if (isStricter()) stricter++;
  current = {
    version,
    count: () => rules.length,
    find: (route) => rules.find((rule) => rule.route === route),
  };
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    reload(n++);
    if (current.find(`/v${current.version}/r7`).limit !== 7) throw new Error('lost a rule');
    await sleep(40);
  }
  console.log(`ops=${n} stricter=${stricter}`);
})();
