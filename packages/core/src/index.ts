export { MemxError, type MemxErrorCode, type MemxErrorDetails } from './errors.js';
export { type FormatBytesOptions, formatBytes, parseBytes } from './model/bytes.js';
export {
  checkFunction,
  checkNumber,
  checkOneOf,
  checkOptions,
  checkString,
  type NumberRange,
} from './model/option-checks.js';
export { type MemoryMetric, type MemorySample, memoryMetrics } from './model/sample.js';
export { type GcEvent, type GcKind, observeGc } from './source/gc-observer.js';
export { openPidSource, type PidSource } from './source/pid-source.js';
export { type MemorySource, processSource } from './source/process-source.js';
