#!/usr/bin/env node
/** `pnpm bench <name>`: runs one bench, or all of them, and says on which machine. */
import { printHeading } from '../src/print.mjs';

const BENCHES = ['overhead', 'import-cost', 'sampling', 'churn'];

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !BENCHES.includes(name) && name !== 'all');
if (asked.length === 0 || unknown) {
  console.error(
    `Usage: pnpm bench <${BENCHES.join(' | ')} | all>${unknown ? `. There is no bench named ${unknown}.` : ''}`,
  );
  process.exit(2);
}

for (const name of asked.includes('all') ? BENCHES : asked) {
  printHeading(name);
  const { bench } = await import(`../benches/${name}.mjs`);
  await bench();
}
