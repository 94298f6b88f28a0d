'use strict';
// Every few seconds a catalogue of some megabytes is parsed, summed up and dropped.
const { setTimeout: sleep } = require('node:timers/promises');
const { XMLParser } = require('fast-xml-parser');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function makeCatalogue(batch) {
  const rows = Array.from(
    { length: 2500 },
    (_, i) => `<item id="${i}"><name>Item ${i} of ${batch}</name><price>${(i * 7) % 97}</price></item>`,
  );
  return `<items>${rows.join('')}</items>`;
}

(async () => {
  const totals = [];
  let n = 0;
  while (Date.now() < END) {
    const { items } = new XMLParser({ ignoreAttributes: false }).parse(makeCatalogue(n));
    const open = items.item.map(({ name, price }) => ({ name, price }));
    await sleep(700); // the batch is worked off
    totals.push(open.reduce((sum, { price }) => sum + price, 0));
    if (totals.length > 4) totals.shift();
    n++;
    await sleep(1100);
  }
  console.log(`ops=${n} totals=${totals.join()}`);
})();
