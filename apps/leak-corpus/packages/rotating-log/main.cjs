'use strict';
// An access log that is rotated by size; three old files are kept.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const rfs = require('rotating-file-stream');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'memx-rotating-log-'));
const log = rfs.createStream('access.log', { path: folder, size: '64K', maxFiles: 3 });

(async () => {
  let n = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 5; i++) {
      const line = `127.0.0.1 GET /items/${n++} 200 ${n % 900}ms agent-${n % 30}\n`;
      if (!log.write(line)) await new Promise((resolve) => log.once('drain', resolve));
    }
    await sleep(8);
  }
  await new Promise((resolve) => log.end(resolve));
  await sleep(100);
  fs.rmSync(folder, { recursive: true, force: true });
  console.log(`ops=${n}`);
})();
