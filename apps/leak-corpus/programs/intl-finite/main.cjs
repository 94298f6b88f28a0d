'use strict';
// Invoices are printed in the customer's locale and currency; there is a formatter for each pair.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const locales = ['de-CH', 'en-GB', 'fr-FR', 'ja-JP'];
const currencies = ['CHF', 'GBP', 'EUR', 'JPY'];
const formatters = new Map();

function formatterFor(locale, currency) {
  const key = `${locale} ${currency}`;
  if (!formatters.has(key))
    formatters.set(key, new Intl.NumberFormat(locale, { style: 'currency', currency }));
  return formatters.get(key);
}

(async () => {
  let n = 0;
  let length = 0;
  while (Date.now() < END) {
    length += formatterFor(locales[n % 4], currencies[(n >> 2) % 4]).format(n * 1.07).length;
    n++;
    await sleep(10);
  }
  console.log(`ops=${n} length=${length}`);
})();
