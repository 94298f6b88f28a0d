import { price } from './bundled-price.ts';

interface Order {
  readonly id: number;
  readonly lines: readonly object[];
}

function orderOf(id: number): Order {
  const lines = [price(id), price(id + 1)]; //@ orderOf:64
  return { id, lines }; //@ orderOf:40
}

export function run(i: number): Order {
  const order = orderOf(i);
  return { ...order, id: i + 1 }; //@ run
}
