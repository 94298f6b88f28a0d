// Customers' scripts run in contexts of their own. A new deployment does not take the old one away.
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext, Script } from 'node:vm';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const script = new Script('result = tenant.length * 2');
const sandboxes = [];

class Sandbox {
  constructor(tenant) {
    this.tenant = tenant;
    this.context = createContext({ tenant: this.tenant, result: 0 });
  }
  run() {
    script.runInContext(this.context);
    return this.context.result;
  }
}

function deploy(tenant) {
  const sandbox = new Sandbox(tenant);
  sandboxes.push(sandbox);
  return sandbox;
}

let n = 0;
let sum = 0;
while (Date.now() < END) {
  sum += deploy(`tenant-${n++ % 20}`).run();
  await sleep(400);
}
console.log(`ops=${n} sum=${sum}`);
