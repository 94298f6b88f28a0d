import { MemxError } from '../errors.js';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** @see {@link formatBytes} */
export interface FormatBytesOptions {
  /** Write `+` before what is positive, as a difference wants it. Default false. */
  readonly signed?: boolean;
  /** Digits after the point, from KiB upwards; whole bytes have none. Default 1. */
  readonly digits?: number;
}

/**
 * Bytes for people, in steps of 1024: `1.5 MiB`, `-3.0 KiB`, `17 B`.
 *
 * @param bytes any number; what is not finite is written as `n/a`
 */
export function formatBytes(bytes: number, options: FormatBytesOptions = {}): string {
  if (!Number.isFinite(bytes)) return 'n/a';
  const { signed = false, digits = 1 } = options;
  let size = Math.abs(bytes);
  let unit = 0;
  // What would round up to 1024 belongs to the next unit.
  while (Number(size.toFixed(unit === 0 ? 0 : digits)) >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const text = size.toFixed(unit === 0 ? 0 : digits);
  const sign = Number(text) === 0 ? '' : bytes < 0 ? '-' : signed ? '+' : '';
  return `${sign}${text} ${UNITS[unit]}`;
}

const SIZE = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*(?:([kmgtp])?(i?b)?)\s*$/i;

/**
 * Bytes from what a person writes: `'1.5 MiB'`, `'512k'`, `'64MB'`, `'100'`. Every unit is a power of 1024,
 * with or without the `i`; case does not matter.
 *
 * @returns whole bytes
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function parseBytes(text: string): number {
  const match = SIZE.exec(text);
  if (match === null) {
    throw new MemxError('ERR_MEMX_INVALID_OPTION', {
      what: 'Not a size in bytes',
      value: text,
      remedy: "Write a number and a unit, for example '512k', '1.5 MiB' or '2GiB'.",
    });
  }
  const [, amount, prefix] = match;
  const power = prefix === undefined ? 0 : 'kmgtp'.indexOf(prefix.toLowerCase()) + 1;
  return Math.round(Number(amount) * 1024 ** power);
}
