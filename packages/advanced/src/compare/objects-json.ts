import { MemxError } from '@memx/core';
import type { ObjectRow } from './object-row.js';

/** The written form of an object snapshot. */
export interface ObjectsJson {
  readonly schema: 'memx.objects/1';
  readonly takenAtEpochMs: number;
  readonly nodeCount: number;
  readonly sizeBytes: number;
  /** Largest first. */
  readonly types: readonly ObjectRow[];
}

/**
 * Returns `value` when it is an object snapshot as `toJSON` wrote it.
 *
 * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT`
 */
export function checkObjectsJson(value: unknown): ObjectsJson {
  const json = asRecord(value);
  if (json['schema'] !== 'memx.objects/1') throw notObjects('schema', json['schema']);
  for (const field of ['takenAtEpochMs', 'nodeCount', 'sizeBytes']) {
    if (!Number.isFinite(json[field])) throw notObjects(field, json[field]);
  }
  if (!Array.isArray(json['types'])) throw notObjects('types', json['types']);
  const wrong = json['types'].findIndex((row) => !isObjectRow(row));
  if (wrong >= 0) throw notObjects(`types[${wrong}]`, json['types'][wrong]);
  return value as ObjectsJson;
}

function isObjectRow(value: unknown): boolean {
  const row = asRecord(value);
  return (
    typeof row['kind'] === 'string' &&
    typeof row['type'] === 'string' &&
    Number.isFinite(row['count']) &&
    Number.isFinite(row['sizeBytes'])
  );
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function notObjects(field: string, value: unknown): MemxError {
  return new MemxError('ERR_MEMX_SNAPSHOT_FORMAT', {
    what: `This is no object snapshot of schema memx.objects/1: wrong ${field}`,
    value,
    remedy: 'Give the JSON that ObjectSnapshot wrote, unchanged.',
  });
}
