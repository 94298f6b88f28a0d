/** Holds secrets that were made at run time, redacts its own snapshot, and counts those that are left. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { redactSnapshot } from '@memx/advanced';
import { report } from './report.mjs';

const level = process.argv[2];
/** Kept in two halves, so that the list itself holds no secret. */
const halves = [];
function secret() {
  const text = `zq${randomBytes(8).toString('hex')}`;
  halves.push([text.slice(0, 9), text.slice(9)]);
  return text;
}
function secretNumber(number) {
  const text = String(number);
  halves.push([text.slice(0, 4), text.slice(4)]);
  return number;
}

globalThis.held = Array.from({ length: 97 }, (_, i) => ({
  value: secret(),
  keyed: { [secret()]: 1 },
  map: new Map([[secret(), secret()]]),
  symbol: Symbol(secret()),
  pattern: new RegExp(secret()),
  error: new Error(secret()),
  method: { [secret()]() {} },
  tagged: { [Symbol.toStringTag]: secret() },
  getter: Object.defineProperty({}, secret(), { get: () => 1, configurable: true }),
  url: new URL(`https://${secret()}.example.com/${secret()}`),
  number: secretNumber(1e9 * (i + 1) + Number(`0.${10_007 + i}`)),
  sparse: { [secretNumber(71_000_003 + i * 7_919)]: {} },
}));

const folder = mkdtempSync(join(tmpdir(), 'memx-bench-secrets-'));
try {
  const original = writeHeapSnapshot(join(folder, 'original.heapsnapshot'), { exposeNumericValues: true });
  const redacted = join(folder, 'redacted.heapsnapshot');
  await redactSnapshot(original, redacted, { level });
  const secrets = halves.map((parts) => parts.join(''));
  const count = (file) => {
    const text = readFileSync(file, 'latin1');
    return secrets.filter((each) => text.includes(each)).length;
  };
  report({ planted: secrets.length, found: count(original), left: count(redacted) });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
