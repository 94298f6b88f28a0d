// Customers' scripts run one after the other in the same context.
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext, Script } from 'node:vm';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const context = createContext({ tenant: '', result: 0 });

function run(tenant, n) {
  context.tenant = tenant;
  new Script(`result = tenant.length * ${n % 13} + ${n}`).runInContext(context);
  return context.result;
}

let n = 0;
let sum = 0;
while (Date.now() < END) {
  sum += run(`tenant-${n % 20}`, n++);
  await sleep(15);
}
console.log(`ops=${n} sum=${sum}`);
