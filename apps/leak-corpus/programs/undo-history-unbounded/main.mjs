// Collaborative editor: each edit keeps the document as it was.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const document = {
  title: 'Minutes',
  blocks: Array.from({ length: 120 }, (_, i) => ({ id: i, text: `line ${i}`, marks: [] })),
};
const history = [];

class Revision {
  constructor(document) {
    this.document = document;
    this.at = Date.now();
  }
}

function edit(n) {
  history.push(new Revision(structuredClone(document)));
  const block = document.blocks[n % document.blocks.length];
  block.text = `line ${block.id}, edit ${n}`;
}

let n = 0;
while (Date.now() < END) {
  edit(n++);
  await sleep(70);
}
console.log(`ops=${n} revisions=${history.length}`);
