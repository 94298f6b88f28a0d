// Templates are edited while the service runs: forty of them, each replaced again and again.
import { setTimeout as sleep } from 'node:timers/promises';
import { Eta } from 'eta';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const eta = new Eta({ cache: true });

let n = 0;
let characters = 0;
while (Date.now() < END) {
  const name = `@page-${n % 40}`;
  eta.loadTemplate(name, `<h1>v${n}</h1><% for (const row of it.rows) { %><p><%= row %></p><% } %>`);
  characters += eta.render(name, { rows: [n, n + 1, n + 2] }).length;
  n++;
  await sleep(10);
}
console.log(`ops=${n} characters=${characters}`);
