'use strict';
// Invoices are printed in the customer's locale and currency; the formatter is kept with the customer.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const locales = ['de-CH', 'en-GB', 'fr-FR', 'ja-JP'];
const currencies = ['CHF', 'GBP', 'EUR', 'JPY'];
const formatters = new Map();

function formatterFor(customer, locale, currency) {
  if (formatters.has(customer)) return formatters.get(customer);
  const formatter = new Intl.NumberFormat(locale, { style: 'currency', currency });
  formatters.set(customer, formatter);
  return formatter;
}

(async () => {
  let n = 0;
  let length = 0;
  while (Date.now() < END) {
    const formatter = formatterFor(`customer-${n}`, locales[n % 4], currencies[(n >> 2) % 4]);
    length += formatter.format(n * 1.07).length;
    n++;
    await sleep(10);
  }
  console.log(`ops=${n} length=${length}`);
})();
