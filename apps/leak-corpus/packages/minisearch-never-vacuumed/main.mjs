// The search index of a shop: offers are replaced all the time, a few hundred are for sale.
import { setTimeout as sleep } from 'node:timers/promises';
import MiniSearch from 'minisearch';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const FOR_SALE = 300;
const index = new MiniSearch({ fields: ['title'], autoVacuum: false });

function replaceOffer(id) {
  index.add({ id, title: `lamp model${id} colour${id % 20} batch${id * 7}` });
  if (id >= FOR_SALE) index.discard(id - FOR_SALE);
}

let n = 0;
let hits = 0;
while (Date.now() < END) {
  for (let i = 0; i < 3; i++) replaceOffer(n++);
  hits += index.search(`model${n - 1}`).length;
  await sleep(12);
}
console.log(`ops=${n} hits=${hits} offers=${index.documentCount}`);
