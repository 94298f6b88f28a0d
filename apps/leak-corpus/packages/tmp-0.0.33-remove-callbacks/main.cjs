'use strict';
// Each upload goes through a temporary file, which is removed by the function that came with it.
const fs = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const tmp = require('tmp');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function storeUpload(body) {
  const file = tmp.fileSync({ prefix: 'upload-' });
  fs.writeSync(file.fd, body);
  const { size } = fs.fstatSync(file.fd);
  file.removeCallback();
  return size;
}

(async () => {
  let n = 0;
  let bytes = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 3; i++) bytes += storeUpload(`row ${n++}\n`);
    await sleep(10);
  }
  console.log(`ops=${n} bytes=${bytes}`);
})();
