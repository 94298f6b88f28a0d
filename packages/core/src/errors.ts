import { builtin } from './builtin.js';

/** Every way in which memx refuses or fails. Codes are added, never renamed. */
export type MemxErrorCode =
  /** An option or argument has the wrong type or range. */
  | 'ERR_MEMX_INVALID_OPTION'
  /** This platform, Node version or process cannot do what was asked. */
  | 'ERR_MEMX_UNSUPPORTED'
  /** Another profiler, or another part of memx, already owns V8's one session. */
  | 'ERR_MEMX_SESSION_BUSY'
  /** Started while already running. */
  | 'ERR_MEMX_ALREADY_STARTED'
  /** Stopped or read before it was started. */
  | 'ERR_MEMX_NOT_STARTED'
  /** Used after it was disposed. */
  | 'ERR_MEMX_DISPOSED'
  /** The bytes are no heap snapshot, or one that is cut short. */
  | 'ERR_MEMX_SNAPSHOT_FORMAT'
  /** The text or bytes are no memory series, or one that is cut short. */
  | 'ERR_MEMX_SERIES_FORMAT'
  /** The text or bytes are no allocation profile of a format that memx reads. */
  | 'ERR_MEMX_PROFILE_FORMAT'
  /** An AbortSignal cancelled the work. */
  | 'ERR_MEMX_ABORTED'
  /** V8's inspector answered with an error, or with something that memx does not know. */
  | 'ERR_MEMX_PROTOCOL'
  /** The work would cost more memory or time than was allowed. */
  | 'ERR_MEMX_TOO_EXPENSIVE'
  /** A program that memx was to run did not start, or ended before it could be measured. */
  | 'ERR_MEMX_PROGRAM'
  /** A file could not be read or written. */
  | 'ERR_MEMX_IO';

/** What {@link MemxError} is made of. */
export interface MemxErrorDetails {
  /** What happened, without a full stop: `intervalMs must be a positive number`. */
  readonly what: string;
  /** The value seen; it is echoed in the message, at most 120 characters of it. Left out when there is none. */
  readonly value?: unknown;
  /** What to do, a sentence: `Give a number of milliseconds, for example 100.` */
  readonly remedy: string;
  readonly cause?: unknown;
}

const BRAND = Symbol.for('memx.error');

/**
 * The one error class of memx, in all layers. `message` reads `<what happened>: <the value seen>. <What to do.>`
 *
 * `instanceof` holds across the ESM and the CommonJS copy of the package.
 */
export class MemxError extends Error {
  readonly code: MemxErrorCode;
  /** What to do about it; also the last sentence of the message. */
  readonly remedy: string;

  constructor(code: MemxErrorCode, details: MemxErrorDetails) {
    super(describe(details), 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.remedy = details.remedy;
  }
}

// Outside the class body, where the bundler would otherwise rename the class to `_MemxError` in every stack.
Object.defineProperties(MemxError.prototype, {
  name: { value: 'MemxError', configurable: true, writable: true },
  [BRAND]: { value: true },
});
Object.defineProperty(MemxError, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    // A subclass inherits this method, and must not claim every MemxError.
    if (this !== MemxError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === 'object' && value !== null && BRAND in value;
  },
});

function describe(details: MemxErrorDetails): string {
  const seen = 'value' in details ? `: ${abbreviate(details.value)}` : '';
  return `${details.what}${seen}. ${details.remedy}`;
}

function abbreviate(value: unknown): string {
  const text = builtin('node:util').inspect(value, {
    depth: 1,
    breakLength: Number.POSITIVE_INFINITY,
    maxStringLength: 100,
  });
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
