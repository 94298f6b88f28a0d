// A board follows one auction after the other; the price is read by the auction's id.
import { setTimeout as sleep } from 'node:timers/promises';
import { effect, reactive } from '@vue/reactivity';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const prices = reactive(new Map());
const board = reactive({ auction: 'none', shown: 0 });

effect(() => {
  board.shown = prices.get(board.auction) ?? 0;
});

function showAuction(id) {
  const before = board.auction;
  prices.set(id, id.length);
  board.auction = id;
  prices.delete(before);
}

let n = 0;
while (Date.now() < END) {
  showAuction(`auction-${n++}`);
  await sleep(3);
}
console.log(`ops=${n} prices=${prices.size}`);
