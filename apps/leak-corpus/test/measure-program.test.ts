import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { measureProgram } from '../src/labels/measure-program.mjs';
import { runPeers } from '../src/peers/run-peers.mjs';
import { readCases } from '../src/read-cases.mjs';

const cases = readCases(fileURLToPath(new URL('../programs', import.meta.url)));
const labelled = (name: string) => {
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

describe('measureProgram', { timeout: 60_000 }, () => {
  it('reads the memory of every thread of a program that ends by itself', async () => {
    const program = labelled('worker-isolate-map');
    const { exitCode, operations, readings } = await measureProgram(program, {
      folder: program.folder,
      seconds: 3,
    });
    expect(exitCode).toBe(0);
    expect(operations).toBeGreaterThan(0);
    expect(new Set(readings.map(({ threadId }) => threadId)).size).toBe(2);
    for (const { heapUsed, rss } of readings) expect(rss).toBeGreaterThan(heapUsed);
  });
});

describe('runPeers', { timeout: 60_000 }, () => {
  it('judges three snapshots of a run of their own, and names the type', async () => {
    const program = labelled('sessions-without-expiry');
    const how = { folder: program.folder, seconds: 5, node: process.execPath, memlab: null };
    const verdicts = await runPeers(program, how);
    expect(Object.keys(verdicts)).toEqual([
      ...['slope of heapUsed > 50 KB/s', 'growth rate and instances alone', 'three snapshots by id'],
      'three snapshots by id, without engine rows',
    ]);
    expect(verdicts['three snapshots by id, without engine rows']).toMatchObject({ flagged: true });
    expect(verdicts['three snapshots by id, without engine rows']).toHaveProperty(
      'names',
      expect.arrayContaining(['Session']),
    );
  });

  it('says so when a program ends before its snapshots', async () => {
    const program = { ...labelled('idle'), script: 'no-such-file.mjs' };
    const verdicts = await runPeers(program, {
      folder: program.folder,
      seconds: 1,
      node: process.execPath,
      memlab: null,
    });
    expect(verdicts['three snapshots']).toHaveProperty('failed');
  });
});
