import { describe, expect, it } from 'vitest';
import { appendRow, copyRowsBetween } from '../../src/sampler/sample-rows.js';
import {
  MOVES,
  openSamplerMemory,
  PLANNED,
  ROWS,
  SAMPLER_MEMORY_BYTES,
  SLOTS,
  slotInterval,
  WAKE,
} from '../../src/sampler/sampler-memory.js';
import { createSamplerSlot } from '../../src/sampler/sampler-slot.js';

const createMemory = () => openSamplerMemory(new SharedArrayBuffer(SAMPLER_MEMORY_BYTES));

describe('rows in shared memory', () => {
  it('are copied from one time until before another', () => {
    const memory = createMemory();
    for (let timeMs = 0; timeMs < 10; timeMs++) appendRow(memory, timeMs, timeMs * 100);
    const { times, rss } = copyRowsBetween(memory, 3, 6);
    expect([...times]).toEqual([3, 4, 5]);
    expect([...rss]).toEqual([300, 400, 500]);
  });

  it('keep the peak of a tracking however many follow, within their bound', () => {
    const memory = createMemory();
    createSamplerSlot(memory, 0).want(1, 0);
    const readings = memory.times.length * 5;
    for (let timeMs = 0; timeMs < readings; timeMs++) appendRow(memory, timeMs, timeMs === 17 ? 9_999 : 5);
    expect(Math.max(...copyRowsBetween(memory, 0, 1000).rss)).toBe(9_999);
    expect(Atomics.load(memory.words, ROWS)).toBeLessThanOrEqual(memory.times.length);
    expect(Atomics.load(memory.words, MOVES) % 2).toBe(0);
  });

  it('are given up, and not waited for without end, when the writer died while moving them', () => {
    const memory = createMemory();
    appendRow(memory, 1, 1);
    Atomics.store(memory.words, MOVES, 1);
    expect(copyRowsBetween(memory, 0, 9).times).toHaveLength(0);
  });
});

describe('slots', () => {
  it('are held while something is wanted, and free again after', () => {
    const { words, starts, ...rows } = createMemory();
    const first = createSamplerSlot({ words, starts, ...rows }, 0);
    const second = createSamplerSlot({ words, starts, ...rows }, 0);
    first.want(20, 7);
    second.want(5, 8);
    first.want(10, 7);
    expect([words[slotInterval(0)], words[slotInterval(1)]]).toEqual([100, 50]);
    expect([starts[0], starts[1]]).toEqual([7, 8]);
    first.free();
    first.free();
    expect([words[slotInterval(0)], words[slotInterval(1)]]).toEqual([0, 50]);
  });

  it('wake the sampling thread only when it would come too late by itself', () => {
    const memory = createMemory();
    const slot = createSamplerSlot(memory, 0);
    slot.want(20, 0);
    expect(memory.words[WAKE]).toBe(1); // it was idle
    Atomics.store(memory.words, PLANNED, 100);
    slot.want(20, 0);
    expect(memory.words[WAKE]).toBe(1);
    slot.want(5, 0);
    expect(memory.words[WAKE]).toBe(2);
  });

  it('do without when all are taken', () => {
    const memory = createMemory();
    for (let i = 0; i < SLOTS; i++) createSamplerSlot(memory, 0).want(20, 0);
    const late = createSamplerSlot(memory, 0);
    late.want(1, 0);
    late.free();
    expect(memory.words[slotInterval(SLOTS - 1)]).toBe(200);
  });
});
