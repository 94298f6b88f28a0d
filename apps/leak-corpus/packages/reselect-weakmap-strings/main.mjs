// Server-side rendering: the orders of the customer who asks are selected from one state.
import { setTimeout as sleep } from 'node:timers/promises';
import { createSelector } from 'reselect';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const state = { orders: Array.from({ length: 200 }, (_, i) => ({ id: i, customer: i % 40, total: i * 3 })) };

const selectTotal = createSelector([(from) => from.orders, (_, customer) => customer], (orders, customer) =>
  orders.filter((order) => customer.endsWith(`-${order.customer}`)).map(({ total }) => total),
);

function renderPage(customer) {
  const totals = selectTotal(state, customer);
  return `<p>${totals.join()}</p>`;
}

let n = 0;
let characters = 0;
while (Date.now() < END) {
  characters += renderPage(`session${n}-${n % 40}`).length;
  n++;
  await sleep(20);
}
console.log(`ops=${n} characters=${characters}`);
