// Pages are laid out on the server with flexbox; the nodes live in WebAssembly.
import { setTimeout as sleep } from 'node:timers/promises';
import Yoga, { Direction, FlexDirection } from 'yoga-layout';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function layOutPage(rows) {
  const root = Yoga.Node.create();
  root.setFlexDirection(FlexDirection.Column);
  root.setWidth(600);
  for (let i = 0; i < rows; i++) {
    const row = Yoga.Node.create();
    row.setHeight(10 + (i % 3));
    root.insertChild(row, i);
  }
  root.calculateLayout(600, undefined, Direction.LTR);
  const height = root.getComputedHeight();
  return height;
}

let n = 0;
let height = 0;
while (Date.now() < END) {
  height += layOutPage(90);
  n++;
  await sleep(7);
}
console.log(`ops=${n} height=${height}`);
