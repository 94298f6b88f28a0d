'use strict';
// Page rendering: each view follows changes of the settings while it is being rendered.
const { EventEmitter } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const settings = new EventEmitter().setMaxListeners(0);
settings.locale = 'en';

class RequestView {
  constructor(n, locale) {
    this.path = `/article/${n}`;
    this.locale = locale;
    this.blocks = ['head', 'body', 'foot'].map((kind) => ({ kind, html: `<${kind} id="${kind}-${n}">` }));
  }
  relocate(locale) {
    this.locale = locale;
  }
  toString() {
    return this.blocks.map(({ html }) => html).join(this.locale);
  }
}

async function render(n) {
  const view = new RequestView(n, settings.locale);
  const follow = (locale) => view.relocate(locale);
  settings.on('change', follow);
  try {
    await sleep(4);
    return view.toString();
  } finally {
    settings.off('change', follow);
  }
}

(async () => {
  let n = 0;
  let sent = 0;
  while (Date.now() < END) sent += (await render(n++)).length;
  console.log(`ops=${n} sent=${sent}`);
})();
