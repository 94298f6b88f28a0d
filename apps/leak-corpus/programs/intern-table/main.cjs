'use strict';
// Log indexer: words are interned to save memory. Request ids are words too.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const table = new Map();

class Lexeme {
  constructor(word, number) {
    this.word = word;
    this.number = number;
  }
}

function intern(word) {
  if (!table.has(word)) {
    table.set(word, new Lexeme(word, table.size));
  }
  return table.get(word).number;
}

function index(line) {
  return line.split(' ').map(intern);
}

(async () => {
  let n = 0;
  let words = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 3; i++, n++)
      words += index(`GET /orders 200 ${n % 90}ms req-${n.toString(16)}`).length;
    await sleep(5);
  }
  console.log(`ops=${n} words=${words} table=${table.size}`);
})();
