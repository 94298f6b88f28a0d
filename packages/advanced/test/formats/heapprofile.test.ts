import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankFunctions, totalOf } from '../../src/allocation/profile-totals.js';
import { toHeapprofile } from '../../src/formats/heapprofile.js';
import { decodeProfile } from '../../src/formats/profile-formats.js';
import type { RawProfileNode } from '../../src/inspector/heap-protocol.js';
import { arbitraryProfile } from '../allocation/arbitrary-profile.js';

function* nodesOf(node: RawProfileNode): Generator<RawProfileNode> {
  yield node;
  for (const child of node.children) yield* nodesOf(child);
}

const PROGRAM = `
const kept = (globalThis.kept = []);
  function keep() { kept.push(new Array(997).fill(0)); }
for (let id = 0; id < 2503; id++) keep();
globalThis.keep = keep;
`;

function profileByNode(): string {
  const folder = mkdtempSync(join(tmpdir(), 'memx-heap-prof-'));
  writeFileSync(join(folder, 'keeps.cjs'), PROGRAM);
  const flags = ['--heap-prof', '--heap-prof-interval=65536', '--no-turbo-inlining', '--no-maglev-inlining'];
  execFileSync(process.execPath, [...flags, 'keeps.cjs'], { cwd: folder });
  const name = readdirSync(folder).find((file) => file.endsWith('.heapprofile'));
  return readFileSync(join(folder, name ?? ''), 'utf8');
}

describe('.heapprofile', () => {
  it("reads node --heap-prof's own: every byte, and the function by its 1-based place", async () => {
    const text = profileByNode();
    const profile = await decodeProfile(Buffer.from(text));
    const { head, samples } = JSON.parse(text);
    // Samples and nodes do not add up to the same: see the decoder. Node 26 has a sample whose node is not in the tree.
    const sizes = new Map([...nodesOf(head)].map(({ id, selfSize }) => [id, selfSize]));
    const strays = samples.filter(({ nodeId }: { nodeId: number }) => !sizes.has(nodeId));
    const sizeOf = (list: Iterable<number>) => [...list].reduce((sum, size) => sum + size, 0);
    const bytes = sizeOf(sizes.values()) + sizeOf(strays.map(({ size }: { size: number }) => size));
    expect(totalOf(profile)).toMatchObject({ sizeBytes: bytes, samples: samples.length });
    const [top] = rankFunctions(profile);
    expect(top?.frame).toMatchObject({ functionName: 'keep', line: 3, column: 16, origin: 'own' });
    expect(Math.abs((top?.sizeBytes ?? 0) / (2_503 * 7_992) - 1)).toBeLessThan(
      5 / Math.sqrt(top?.samples ?? 1),
    );
  });

  it('reads the tree alone, as Chrome once wrote it', async () => {
    const { head } = JSON.parse(profileByNode());
    const profile = await decodeProfile(Buffer.from(JSON.stringify({ head })));
    expect(rankFunctions(profile)[0]?.frame.functionName).toBe('keep');
  });

  it('is what DevTools expects: one id per node, 0-based lines, samples that add up to their node', () => {
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => {
        const { head, samples } = JSON.parse(toHeapprofile(profile));
        const nodes = [...nodesOf(head)];
        expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
        for (const { id, selfSize } of nodes) {
          const own = samples.filter(({ nodeId }: { nodeId: number }) => nodeId === id);
          expect(own.reduce((sum: number, { size }: { size: number }) => sum + size, 0)).toBe(selfSize);
        }
        const lines = new Set(nodes.map(({ callFrame }) => callFrame.lineNumber + 1));
        for (const { line } of profile.frames) expect(lines).toContain(line);
      }),
    );
  });
});
