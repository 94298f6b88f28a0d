'use strict';
// A crawler keeps cookies. At some time it comes to a host that gives every visitor a subdomain.
const { setTimeout: sleep } = require('node:timers/promises');
const { CookieJar } = require('tough-cookie');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();

async function visit(host, n) {
  const jar = new CookieJar();
  const url = `http://${host}/page/${n % 5}`;
  await jar.setCookie(`sid=${n % 90}; Path=/`, url);
  return (await jar.getCookieString(url)).length;
}

(async () => {
  let n = 0;
  let characters = 0;
  while (Date.now() - START < RUN_MS) {
    const isLate = Date.now() - START > RUN_MS * 0.45;
    characters += await visit(isLate ? `visitor${n}.example.com` : `shop${n % 20}.example.com`, n);
    n++;
    await sleep(9);
  }
  console.log(`ops=${n} characters=${characters}`);
})();
