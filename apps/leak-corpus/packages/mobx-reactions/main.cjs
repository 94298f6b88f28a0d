'use strict';
// A dashboard on the server: each view follows the rate of its currency.
const { setTimeout: sleep } = require('node:timers/promises');
const { observable, reaction, runInAction } = require('mobx');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const rates = observable({ eur: 100, usd: 110, gbp: 90 });

class RateView {
  constructor(currency) {
    this.rows = Array.from({ length: 6 }, (_, i) => i);
    this.shown = 0;
    this.dispose = reaction(
      () => rates[currency],
      (rate) => (this.shown = rate),
      { fireImmediately: true },
    );
  }
}

function render(currency) {
  const view = new RateView(currency);
  const html = `<b>${currency} ${view.shown}</b>`;
  return html;
}

(async () => {
  let n = 0;
  let characters = 0;
  while (Date.now() < END) {
    characters += render(['eur', 'usd', 'gbp'][n % 3]).length;
    if (n++ % 200 === 0) runInAction(() => rates.eur++);
    await sleep(6);
  }
  console.log(`ops=${n} characters=${characters}`);
})();
