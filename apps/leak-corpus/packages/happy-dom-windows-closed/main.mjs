// Mails are checked in a DOM; each gets a window of its own, and the page's clock ticks.
import { setTimeout as sleep } from 'node:timers/promises';
import { Window } from 'happy-dom';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

async function checkMail(n) {
  const window = new Window();
  window.document.body.innerHTML = `<h1>Mail ${n}</h1>${'<p><a href="#">link</a></p>'.repeat(10)}`;
  window.setInterval(() => window.document.title.length, 60_000);
  const links = window.document.querySelectorAll('a').length;
  await window.happyDOM.close();
  return links;
}

let n = 0;
let links = 0;
while (Date.now() < END) {
  links += await checkMail(n++);
  await sleep(250);
}
console.log(`ops=${n} links=${links}`);
process.exit(0);
