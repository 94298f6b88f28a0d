import { describe, expect, it } from 'vitest';
import { keepMeta } from '../../../src/snapshot/redact/kept-meta.js';
import { snapshotFormats } from '../../../src/testing/index.js';

describe('the meta of a redacted snapshot', () => {
  it('keeps the names of fields and types as V8 lists them', () => {
    const { nodeFields, nodeTypes } = snapshotFormats.node22;
    const meta = {
      node_fields: nodeFields,
      node_types: [nodeTypes, 'string', 'number'],
      edge_types: [['context'], 'node'],
    };
    expect(keepMeta(meta)).toEqual(meta);
  });

  it('leaves out what is no such list, wherever it stands', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}1${']'.repeat(50_000)}`);
    const kept = keepMeta({
      node_fields: ['type', { secret: 'ssn' }, deep],
      node_types: [['hidden', deep, 7], deep],
      note: 'of a customer',
      scope_fields: ['of a section that the copy has not'],
      samples_fields: 'text',
    });
    expect(kept).toEqual({ node_fields: ['type', '', []], node_types: [['hidden'], []] });
    expect(JSON.stringify(kept)).not.toMatch(/ssn|customer/);
  });

  it('is empty where there is none', () => {
    for (const nothing of [undefined, null, 'text', 7]) expect(keepMeta(nothing)).toEqual({});
  });
});
