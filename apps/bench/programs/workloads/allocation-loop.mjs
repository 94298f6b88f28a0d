/** Does nothing but allocate small objects, of which the last thousand are kept. */
const ROUNDS = 30_000_000 * Number(process.env.MEMX_BENCH_SCALE ?? 1);

const kept = new Array(1_000);
for (let i = 0; i < ROUNDS; i++) kept[i % 1_000] = makePoint(i);
if (kept[999].next[1] !== ROUNDS) throw new Error('The work was another');

function makePoint(i) {
  return { x: i, y: i + 1, next: [i, i + 1] };
}
