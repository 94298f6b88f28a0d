// Active-record style model: the class knows all of its instances.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Section {
  constructor(title) {
    this.title = title;
    this.words = title.length * 17;
  }
}

class Document {
  static all = [];
  constructor(id) {
    this.id = id;
    this.sections = ['Summary', 'Findings', 'Annex'].map((title) => new Section(`${title} ${id}`));
    Document.all.push(this);
  }
  get words() {
    return this.sections.reduce((sum, section) => sum + section.words, 0);
  }
  static open(id) {
    return new Document(id);
  }
}

let n = 0;
let words = 0;
while (Date.now() < END) {
  words += Document.open(n++).words;
  await sleep(3);
}
console.log(`ops=${n} words=${words}`);
