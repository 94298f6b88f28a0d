export type { RequestProbeOptions } from '../http/request-probe-options.js';
export type { RequestRecord } from '../http/request-record.js';
export { type MemxMiddleware, memx } from './memx.js';
