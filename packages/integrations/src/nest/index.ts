export type { RequestProbeOptions } from '../http/request-probe-options.js';
export type { RequestRecord } from '../http/request-record.js';
export type { HandlerRecord } from './handler-record.js';
export { MemoryInterceptor } from './memory-interceptor.js';
export { MemxModule } from './memx-module.js';
export type { MemxModuleOptions } from './memx-module-options.js';
