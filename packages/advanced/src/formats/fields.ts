import { profileFormatError } from './profile-format-error.js';

/** An object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The checks with which a file's JSON becomes ours; each names the field that is wrong. */
export function fieldsOf(value: unknown, name: string): Fields {
  if (isFields(value)) return value;
  throw profileFormatError(`${name} is not an object`, value);
}

export function arrayOf(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw profileFormatError(`${name} is not a list`, value);
}

export function numberOf(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw profileFormatError(`${name} is not a number`, value);
}

export function stringOf(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw profileFormatError(`${name} is not a text`, value);
}

export function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null || value === undefined ? null : read(value);
}

export function oneOf<const T extends string>(value: unknown, name: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw profileFormatError(`${name} is not one of ${allowed.join(', ')}`, value);
}
