// Collaborative editor: thirty steps can be undone.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const document = {
  title: 'Minutes',
  blocks: Array.from({ length: 120 }, (_, i) => ({ id: i, text: `line ${i}` })),
};
const history = [];

function edit(n) {
  history.push(structuredClone(document));
  if (history.length > 30) history.shift();
  document.blocks[n % document.blocks.length].text = `edit ${n}`;
}

let n = 0;
while (Date.now() < END) {
  edit(n++);
  await sleep(25);
}
console.log(`ops=${n} revisions=${history.length}`);
