// Rendered fragments in a weak cache; the entries of dead ones are removed by a FinalizationRegistry.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const fragments = new Map();
const dead = new FinalizationRegistry((key) => {
  if (fragments.get(key)?.deref() === undefined) fragments.delete(key);
});

class Fragment {
  constructor(key) {
    this.key = key;
    this.html = Array.from({ length: 12 }, (_, i) => `<li>${key}-${i}</li>`);
  }
}

function fragment(key) {
  const cached = fragments.get(key)?.deref();
  if (cached) return cached;
  const made = new Fragment(key);
  fragments.set(key, new WeakRef(made));
  dead.register(made, key);
  return made;
}

let n = 0;
let items = 0;
while (Date.now() < END) {
  for (let i = 0; i < 4; i++) items += fragment(`list-${n++}`).html.length;
  await sleep(6);
}
console.log(`ops=${n} items=${items}`);
