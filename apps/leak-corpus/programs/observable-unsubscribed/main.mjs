// A small observable; a widget is subscribed while it is rendered.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function createSubject() {
  const observers = new Set();
  return {
    next: (value) => observers.forEach((observer) => void observer(value)),
    subscribe(observer) {
      observers.add(observer);
      return () => observers.delete(observer);
    },
  };
}

const prices = createSubject();

async function render(symbol) {
  const widget = { symbol, text: '' };
  const unsubscribe = prices.subscribe((price) => (widget.text = `${symbol} ${price}`));
  try {
    await sleep(3);
    return widget.text.length;
  } finally {
    unsubscribe();
  }
}

let n = 0;
let characters = 0;
while (Date.now() < END) {
  characters += await render(`SYM${n++ % 50}`);
  if (n % 5 === 0) prices.next(n);
}
console.log(`ops=${n} characters=${characters}`);
