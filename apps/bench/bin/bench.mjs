#!/usr/bin/env node
/**
 * `pnpm bench <name> [options]`: runs one bench, or all of them, and says on which machine. Options are the bench's own.
 * `all` leaves out those that take gigabytes or fetch what they compare with; they run by name.
 */
import { printHeading } from '../src/print.mjs';

const BENCHES = ['overhead', 'import-cost', 'sampling', 'churn', 'counts', 'external'];

const BY_NAME = [
  'truth',
  'readers',
  'web',
  'snapshot-files',
  'snapshot-engines',
  'snapshot-exactness',
  'snapshot-fuzz',
  'snapshot-price',
  'snapshot-secrets',
  'snapshot-aftermath',
  'semantics',
  'profile-cost',
  'leak-watch',
  'soak',
  'check-cost',
];

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('-'));
const asked = firstOption < 0 ? words : words.slice(0, firstOption);
const options = words.slice(asked.length);
const unknown = asked.find((name) => ![...BENCHES, ...BY_NAME, 'all'].includes(name));
if (asked.length === 0 || unknown) {
  console.error(
    `Usage: pnpm bench <${[...BENCHES, ...BY_NAME].join(' | ')} | all>${unknown ? `. There is no bench named ${unknown}.` : ''}`,
  );
  process.exit(2);
}

for (const name of asked.includes('all') ? BENCHES : asked) {
  printHeading([name, ...options].join(' '));
  const { bench } = await import(`../benches/${name}.mjs`);
  await bench(options);
}
