// A rule engine: sixty rules, made by one factory, are switched on one after the other.
import { setTimeout as sleep } from 'node:timers/promises';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const rules = Array.from(
  { length: 60 },
  (_, i) =>
    new Function(
      'fact',
      `let score = ${i}; for (const value of fact.values) score = (score * 31 + value) % ${9973 - i}; return score + (fact.kind === 'k${i % 4}' ? ${i} : 0);`,
    ),
);
const facts = Array.from({ length: 20 }, (_, i) => ({
  kind: `k${i % 4}`,
  ...(i % 3 === 0 ? { origin: 'web' } : {}),
  values: [i, i * 2, i * 3, i % 2 ? 0.5 : 1],
}));

let n = 0;
let total = 0;
for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
  const active = Math.min(rules.length, 1 + Math.floor((elapsed / (RUN_MS / 2)) * rules.length));
  for (const rule of rules.slice(0, active)) for (const fact of facts) total += rule(fact);
  n++;
  await sleep(8);
}
console.log(`ops=${n} total=${Math.round(total)}`);
