// Customers' scripts run one after the other in the same context; each is compiled once.
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext, Script } from 'node:vm';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const context = createContext({ tenant: '', result: 0 });
const scripts = new Map();

function scriptOf(tenant, n) {
  if (!scripts.has(tenant)) scripts.set(tenant, new Script(`result = tenant.length * ${n} + ${n % 7}`));
  return scripts.get(tenant);
}

function run(tenant, n) {
  context.tenant = tenant;
  scriptOf(tenant, n).runInContext(context);
  return context.result;
}

let n = 0;
let sum = 0;
while (Date.now() < END) {
  sum += run(`tenant-${n % 40}`, n % 40);
  n++;
  await sleep(15);
}
console.log(`ops=${n} sum=${sum}`);
