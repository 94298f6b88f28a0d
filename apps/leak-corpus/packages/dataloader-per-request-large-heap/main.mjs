// Search over a large catalogue that is loaded once. The names of the sellers come through a DataLoader of the request.
import { setTimeout as sleep } from 'node:timers/promises';
import DataLoader from 'dataloader';
import MiniSearch from 'minisearch';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const index = new MiniSearch({ fields: ['title'], storeFields: ['title', 'seller'] });
for (let i = 0; i < 22_000; i++)
  index.add({
    id: i,
    title: `lamp ${i} in colour${i % 50} of size${i % 7} no${i * 13}`,
    seller: `seller-${i}`,
  });

class Seller {
  constructor(id) {
    this.id = id;
    this.name = `Seller ${id}`;
    this.address = { street: `Street ${id.length}`, city: 'Bonn' };
  }
}

const createLoader = () => new DataLoader(async (ids) => ids.map((id) => new Seller(id)));

async function findSellers(word, visitor) {
  const sellers = createLoader();
  const rows = index.search(word).slice(0, 2);
  return Promise.all(rows.map(({ seller }) => sellers.load(`${seller}/${visitor}`)));
}

let n = 0;
let found = 0;
while (Date.now() - START < RUN_MS) {
  found += (await findSellers(`no${(n % 22_000) * 13}`, n)).length;
  n++;
  await sleep(8);
}
console.log(`ops=${n} found=${found}`);
