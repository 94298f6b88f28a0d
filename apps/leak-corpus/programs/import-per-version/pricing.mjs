const steps = Array.from({ length: 60 }, (_, i) => ({ from: i * 10, discount: i / 200 }));

export function priceOf({ amount, unit }) {
  const { discount } = steps.findLast(({ from }) => amount >= from);
  return Math.round(amount * unit * (1 - discount));
}
