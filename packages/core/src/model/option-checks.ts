import { MemxError } from '../errors.js';

/** The range of an option; both ends belong to it. */
export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/**
 * Returns an option that is a finite number within a range.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function checkNumber(name: string, value: unknown, range: NumberRange = {}): number {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, integer = false } = range;
  const fits = typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
  if (fits && (!integer || Number.isInteger(value))) return value;
  throw invalid(name, value, `Give ${describeRange(min, max, integer)}.`);
}

/**
 * Returns an option that is a function, or undefined when it was left out.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function checkFunction<T>(name: string, value: T | undefined): T | undefined {
  if (value === undefined || typeof value === 'function') return value;
  throw invalid(name, value, 'Give a function, or leave it out.');
}

/**
 * Returns an option that is an object with a certain method.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function checkMethod<T extends object>(name: string, value: T, method: keyof T & string): T {
  if (typeof value === 'object' && value !== null && typeof value[method] === 'function') return value;
  throw invalid(name, value, `Give an object with the method ${method}().`);
}

/**
 * Returns an option that is a string, or undefined when it was left out.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function checkString(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(name, value, 'Give a string, or leave it out.');
}

/**
 * Returns an option that is one of a few values.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function checkOneOf<const T extends string | boolean>(
  name: string,
  value: unknown,
  allowed: readonly T[],
): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw invalid(
    name,
    value,
    `Give one of ${allowed.map((candidate) => (typeof candidate === 'string' ? `'${candidate}'` : candidate)).join(', ')}.`,
  );
}

/**
 * Returns options as an object with known keys, so that a misspelt one is found where it was written.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function checkOptions<T extends object>(owner: string, options: T, known: readonly (keyof T)[]): T {
  if (typeof options !== 'object' || options === null) {
    throw invalid(`${owner} options`, options, 'Give an object, or nothing.');
  }
  for (const key of Object.keys(options)) {
    if (known.some((name) => name === key)) continue;
    throw invalid(`${owner} option`, key, `The options are ${known.join(', ')}.`);
  }
  return options;
}

function invalid(name: string, value: unknown, remedy: string): MemxError {
  return new MemxError('ERR_MEMX_INVALID_OPTION', { what: `Invalid ${name}`, value, remedy });
}

function describeRange(min: number, max: number, integer: boolean): string {
  const kind = integer ? 'a whole number' : 'a number';
  if (Number.isFinite(min) && Number.isFinite(max)) return `${kind} from ${min} to ${max}`;
  if (Number.isFinite(min)) return `${kind}, ${min} or more`;
  if (Number.isFinite(max)) return `${kind}, ${max} or less`;
  return kind;
}
