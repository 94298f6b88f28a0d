import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeapExplainer } from '../../src/explain/heap-explainer.js';
import { HeapGraph } from '../../src/graph/heap-graph.js';

const FIXTURE = fileURLToPath(new URL('fixtures/holders.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'memx-holders-'));
let graph: HeapGraph;
let explainer: HeapExplainer;

beforeAll(async () => {
  const file = join(folder, 'holders.heapsnapshot');
  execFileSync(process.execPath, [FIXTURE, file]);
  graph = await HeapGraph.open(file);
  explainer = new HeapExplainer(graph);
}, 60_000);
afterAll(() => {
  graph[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** The ways to the instances of a class; its prototype has the same name. */
function pathTo(className: string): string {
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.typeOf(node) !== 'object' || graph.nameOf(node) !== className) continue;
    const path = explainer.pathTo(node);
    if (!path.at(-1)?.startsWith('.prototype')) return path.join(' › ');
  }
  throw new Error(`There is no ${className}.`);
}

describe('the words of paths in a real program', () => {
  it.each([
    ['InMap', 'Map › InMap'],
    ['AsKey', 'Map › AsKey'],
    ['InSet', 'Set › InSet'],
    ['InArray', 'Array › […]: InArray'],
    [
      'OfSecondListener',
      "._events: Object › 'end' listeners: Array › […]: function (anonymous) (fixtures/holders.mjs:",
    ],
    ['OfTimer', 'variable timed in fixtures/holders.mjs: OfTimer'],
    ['OfInterval', 'in the list of timers: Timeout'],
    ['OfInterval', "the timer's arguments: Array › […]: OfInterval"],
    ['OfClosure', 'variable held in fixtures/holders.mjs: OfClosure'],
    ['OfPromise', 'variable promised in fixtures/holders.mjs: OfPromise'],
    ['OfAsyncFunction', 'suspended function (fixtures/holders.mjs:'],
    ['OfStatic', 'function Registry (fixtures/holders.mjs:'],
    ['OfStatic', '.entries: OfStatic'],
    ['InList', '.next: Object (6 times) › .value: InList'],
    ['OfWeakMap', 'kept by a WeakMap as long as its key lives: OfWeakMap'],
    ['OfBound', 'bound to OfBound'],
    ['OfRegistry', 'FinalizationRegistry › OfRegistry'],
  ])('tells how %s is held: %s', (className, words) => {
    expect(pathTo(className)).toContain(words);
  });

  it('tells the stores of AsyncLocalStorage, which what was started in them keeps', () => {
    expect(pathTo('InStore')).toMatch(/stores? of (an )?AsyncLocalStorage/);
  });
});
