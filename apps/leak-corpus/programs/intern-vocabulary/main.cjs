'use strict';
// Log indexer: words are interned; ids are left out.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const VOCABULARY = 2500;
const table = new Map();

function intern(word) {
  let lexeme = table.get(word);
  if (!lexeme) {
    lexeme = { word, number: table.size, seen: [] };
    table.set(word, lexeme);
  }
  return lexeme.number;
}

(async () => {
  let n = 0;
  let sum = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    const known = Math.min(VOCABULARY, 1 + Math.floor((elapsed / (RUN_MS / 4)) * VOCABULARY));
    for (let word = table.size; word < known; word++) intern(`word-${word}`);
    for (let i = 0; i < 10; i++) sum += intern(`word-${(n++ * 31) % known}`);
    await sleep(5);
  }
  console.log(`ops=${n} sum=${sum} table=${table.size}`);
})();
