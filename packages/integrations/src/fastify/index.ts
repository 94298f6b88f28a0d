export type { RequestProbeOptions } from '../http/request-probe-options.js';
export type { RequestRecord } from '../http/request-record.js';
export { memx } from './memx.js';
