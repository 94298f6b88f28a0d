import type { HeadFields } from './head.js';
import type { SpanReading } from './span-meter.js';

const BYTES_PER_MB = 1024 * 1024;

/**
 * `X-Memory-Delta-MB`: growth of the process' resident set since the request arrived, in units of 1024 × 1024 bytes
 * with two decimals; negative when it shrank. `X-Memory-Concurrent-Requests`: how many other requests overlapped,
 * whose memory is in the delta as well.
 */
export function toDeltaHeaders(reading: SpanReading): HeadFields {
  return {
    'X-Memory-Delta-MB': toMegabytes(reading.deltaBytes),
    'X-Memory-Concurrent-Requests': String(reading.overlapped),
  };
}

function toMegabytes(bytes: number): string {
  const text = (bytes / BYTES_PER_MB).toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}
