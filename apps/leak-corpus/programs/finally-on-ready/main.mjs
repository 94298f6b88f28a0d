// Table leases are given back at once, but each is also tied to the drain of the process, to be on the safe side.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let drain;
const drained = new Promise((resolve) => {
  drain = resolve;
});

class Lease {
  held = true;
  constructor(id) {
    this.table = `table-${id % 31}`;
    this.owner = `worker-${id}`;
  }
  release() {
    this.held = false;
  }
}

function acquire(id) {
  const lease = new Lease(id);
  drained.finally(() => lease.release());
  return lease;
}

let n = 0;
while (Date.now() < END) {
  const lease = acquire(n++);
  await sleep(2);
  lease.release();
}
drain();
console.log(`ops=${n}`);
