import { checkFunction, checkOptions } from '@memx/core';
import { type RequestProbeOptions, requestProbeOptionNames } from '../http/request-probe-options.js';
import type { HandlerRecord } from './handler-record.js';

/** Options of `MemxModule.forRoot`. */
export interface MemxModuleOptions extends RequestProbeOptions {
  /** Receives a record of each handler under a `MemoryInterceptor`. What it throws or rejects goes to `onError`. */
  readonly onHandler?: (record: HandlerRecord) => void | Promise<void>;
}

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
export function checkMemxModuleOptions(options: MemxModuleOptions): MemxModuleOptions {
  checkOptions('MemxModule', options, [...requestProbeOptionNames, 'onHandler']);
  checkFunction('onHandler', options.onHandler);
  return options;
}
