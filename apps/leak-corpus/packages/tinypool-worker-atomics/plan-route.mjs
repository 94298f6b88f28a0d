import memoize from 'lodash.memoize';

function plan(key) {
  const stops = Array.from({ length: 12 }, (_, i) => ({ stop: i, at: (key.length * 31 + i * 7) % 1009 }));
  return { stops, text: stops.map(({ at }) => at).join('-') };
}

const planOnce = memoize(plan);

export default function planRoute({ from, order }) {
  return planOnce(`${from}/${order}`).stops.length + (order % 2);
}
