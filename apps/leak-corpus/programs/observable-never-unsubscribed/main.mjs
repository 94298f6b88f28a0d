// A small observable; each widget that is rendered on the server subscribes to the prices.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Subscriber {
  constructor(next, teardown) {
    this.next = next;
    this.teardown = teardown;
    this.closed = false;
  }
  unsubscribe() {
    this.closed = true;
    this.teardown(this);
  }
}

class Subject {
  subscribers = new Set();
  subscribe(next) {
    const teardown = (subscriber) => this.subscribers.delete(subscriber);
    const subscriber = new Subscriber(next, teardown);
    this.subscribers.add(subscriber);
    return subscriber;
  }
  next(value) {
    for (const subscriber of this.subscribers) subscriber.next(value);
  }
}

class Widget {
  text = '';
  constructor(symbol) {
    this.symbol = symbol;
  }
  show(price) {
    this.text = `${this.symbol} ${price}`;
  }
}

const prices = new Subject();

function mount(symbol) {
  const widget = new Widget(symbol);
  prices.subscribe((price) => widget.show(price));
  return widget;
}

let n = 0;
let characters = 0;
while (Date.now() < END) {
  const widget = mount(`SYM${n++ % 50}`);
  if (n % 100 === 0) prices.next(n);
  characters += widget.text.length;
  await sleep(3);
}
console.log(`ops=${n} characters=${characters}`);
