'use strict';
// Dates are shown in the zone and the language of the reader; the library keeps what it needs for each.
const { setTimeout: sleep } = require('node:timers/promises');
const { DateTime } = require('luxon');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const zones = Intl.supportedValuesOf('timeZone').slice(0, 90);
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'pl', 'cs'];

(async () => {
  let n = 0;
  let characters = 0;
  while (Date.now() - START < RUN_MS) {
    const known = 1 + Math.floor(89 * Math.min(1, (Date.now() - START) / (RUN_MS * 0.5)));
    const date = DateTime.fromMillis(1.7e12 + n * 60_000, {
      zone: zones[n % known],
      locale: languages[n % 10],
    });
    characters += date.toFormat('cccc d LLLL yyyy HH:mm ZZZZ').length;
    n++;
    await sleep(5);
  }
  console.log(`ops=${n} characters=${characters}`);
})();
