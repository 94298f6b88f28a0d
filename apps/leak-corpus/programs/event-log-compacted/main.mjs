// Ten accounts; after 200 events an account is snapshotted and its log starts anew.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Account {
  events = [];
  balance = 0;
  version = 0;
  apply(kind, cents) {
    this.events.push({ kind, cents, version: this.version++, at: new Date() });
    this.balance += kind === 'withdrawn' ? -cents : cents;
    if (this.events.length >= 200)
      this.events = [{ kind: 'snapshot', cents: this.balance, version: this.version }];
  }
}

const accounts = Array.from({ length: 10 }, () => new Account());
let n = 0;
while (Date.now() < END) {
  const account = accounts[n % accounts.length];
  account.apply('deposited', 100 + (n % 7));
  if (n++ % 3 === 0) account.apply('withdrawn', 50);
  await sleep(2);
}
console.log(`ops=${n} balance=${accounts[0].balance}`);
