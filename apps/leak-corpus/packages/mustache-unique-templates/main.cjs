'use strict';
// Mails are rendered from templates that the editors' tool writes; it puts the link to unsubscribe into the template.
const { setTimeout: sleep } = require('node:timers/promises');
const mustache = require('mustache');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function renderMail(user) {
  const template = `Dear {{name}},\n{{#items}}- {{title}}\n{{/items}}<a href="/stop/${user.token}">no more mails</a>`;
  return mustache.render(template, user);
}

(async () => {
  let n = 0;
  let characters = 0;
  while (Date.now() < END) {
    const user = {
      name: `user ${n % 50}`,
      token: `t${n * 7919}`,
      items: [{ title: 'Lamp' }, { title: 'Chair' }],
    };
    characters += renderMail(user).length;
    n++;
    await sleep(20);
  }
  console.log(`ops=${n} characters=${characters}`);
})();
