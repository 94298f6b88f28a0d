// Ten accounts; each holds all of its events, and its state is folded from them.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Deposited {
  constructor(version, cents) {
    this.version = version;
    this.cents = cents;
    this.at = new Date();
  }
}

class Withdrawn extends Deposited {}

class Account {
  events = [];
  balance = 0;
  apply(event) {
    this.events.push(event);
    this.balance += event instanceof Withdrawn ? -event.cents : event.cents;
    return this.balance;
  }
  deposit(cents) {
    return this.apply(new Deposited(this.events.length, cents));
  }
  withdraw(cents) {
    return this.apply(new Withdrawn(this.events.length, cents));
  }
}

const accounts = Array.from({ length: 10 }, () => new Account());
let n = 0;
while (Date.now() < END) {
  const account = accounts[n % accounts.length];
  account.deposit(100 + (n % 7));
  if (n++ % 3 === 0) account.withdraw(50);
  await sleep(2);
}
console.log(`ops=${n} balance=${accounts[0].balance}`);
