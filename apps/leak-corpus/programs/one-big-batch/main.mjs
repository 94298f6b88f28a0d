// Builds the search index during the first third of the run and answers from it afterwards.
import { setTimeout as sleep } from 'node:timers/promises';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const DOCUMENTS = 6000;
const index = new Map();

function add(id) {
  for (const word of [`w${id % 61}`, `w${(id * 7) % 997}`, `w${(id * 13) % 2003}`]) {
    if (!index.has(word)) index.set(word, []);
    index.get(word).push({ id, weight: 1 / word.length });
  }
}

let added = 0;
while (added < DOCUMENTS) {
  const due = Math.min(DOCUMENTS, Math.ceil(((Date.now() - START) / (RUN_MS / 3)) * DOCUMENTS));
  for (; added < due; added++) add(added);
  await sleep(5);
}
let n = 0;
let hits = 0;
while (Date.now() - START < RUN_MS) {
  hits += index.get(`w${n++ % 61}`).length;
  await sleep(10);
}
console.log(`ops=${added + n} hits=${hits}`);
