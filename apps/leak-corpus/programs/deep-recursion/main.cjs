'use strict';
// Expands and folds a tree several thousand calls deep.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

const expand = (depth) => (depth === 0 ? null : { depth, label: `node-${depth}`, child: expand(depth - 1) });
const fold = (node) => (node === null ? 0 : node.label.length + fold(node.child));

(async () => {
  let n = 0;
  let total = 0;
  while (Date.now() < END) {
    total += fold(expand(1000 + (n++ % 5) * 500));
    await sleep(20);
  }
  console.log(`ops=${n} total=${total}`);
})();
