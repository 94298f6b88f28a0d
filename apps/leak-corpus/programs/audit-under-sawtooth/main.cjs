'use strict';
// Batches of imports come and go; an audit line for each tenth row stays.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const lines = [];
let batch = [];

class AuditLine {
  constructor(n) {
    this.text = `row ${n} imported`;
    this.by = { user: n % 7, role: 'importer' };
    this.before = null;
  }
}

function audit(n) {
  lines.push(new AuditLine(n));
}

(async () => {
  let n = 0;
  let batches = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    for (let i = 0; i < 10; i++, n++) {
      batch.push({ id: n, cells: [`a${n}`, `b${n}`, n % 3] });
      if (n % 10 === 0) audit(n);
    }
    if (elapsed > (batches + 1) * (RUN_MS / 16)) {
      batches++;
      batch = [];
    }
    await sleep(4);
  }
  console.log(`ops=${n} batches=${batches} lines=${lines.length}`);
})();
