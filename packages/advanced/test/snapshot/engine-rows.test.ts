import { describe, expect, it } from 'vitest';
import { engineTypeNames, isEngineRow } from '../../src/snapshot/engine-rows.js';
import { describeNode, type NodeDescription } from '../../src/snapshot/node-naming.js';

const row = (type: string, name: string) => describeNode(type, name) as NodeDescription;

describe('isEngineRow', () => {
  it.each([
    ['code', 'system / BytecodeArray'],
    ['code', '(shared function info)'],
    ['object shape', 'system / DescriptorArray'],
    ['hidden', 'system / Map (SeqOneByteString)'],
    ['hidden', 'system / WeakArrayList'],
    ['hidden', 'system / CodeWrapper'],
    ['hidden', 'system / FeedbackCell'],
  ])('holds for V8\'s own %s "%s"', (type, name) => {
    expect(isEngineRow(row(type, name))).toBe(true);
  });

  it.each([
    ['hidden', 'system / PropertyArray'],
    ['object', 'system / Context'],
    ['hidden', 'system / WeakCell'],
    ['hidden', 'system / PropertyCell'],
    ['array', ''],
    ['array', '(object properties)'],
    ['array', '(object elements)'],
    ['closure', 'WeakArrayList'],
    ['string', 'x'],
    ['native', 'system / JSArrayBufferData'],
    ['gizmo', ''],
  ])('does not hold for what a program makes: %s "%s"', (type, name) => {
    expect(isEngineRow(row(type, name))).toBe(false);
  });

  it('does not hold for a user class that is named like one of V8', () => {
    for (const name of engineTypeNames) expect(isEngineRow({ kind: 'object', name })).toBe(false);
  });
});
