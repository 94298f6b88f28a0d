// Active-record style model: the class knows the instances that are open.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Document {
  static open = new Set();
  constructor(id) {
    this.id = id;
    this.sections = ['Summary', 'Findings', 'Annex'].map((title) => ({ title: `${title} ${id}` }));
    Document.open.add(this);
  }
  close() {
    Document.open.delete(this);
  }
}

let n = 0;
let sections = 0;
while (Date.now() < END) {
  const document = new Document(n++);
  await sleep(3);
  sections += document.sections.length;
  document.close();
}
console.log(`ops=${n} sections=${sections}`);
