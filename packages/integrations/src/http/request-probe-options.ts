import { checkFunction, checkOptions, type MemorySource, MemxError, processSource } from '@memx/core';
import type { RequestRecord } from './request-record.js';

/** Options of every web adapter. */
export interface RequestProbeOptions {
  /** Where readings come from. Default: this process. */
  readonly source?: MemorySource;
  /** Receives a record of each request once its response is closed. What it throws or rejects goes to `onError`. */
  readonly onRequest?: (record: RequestRecord) => void | Promise<void>;
  /** Receives failures inside memx and inside `onRequest`; they never reach the response. Default: they are dropped. */
  readonly onError?: (error: unknown) => void;
  /** Whether responses carry `X-Memory-Delta-MB` and `X-Memory-Concurrent-Requests`. Default true. */
  readonly headers?: boolean;
}

/** Names of all {@link RequestProbeOptions}. */
export const requestProbeOptionNames = ['source', 'onRequest', 'onError', 'headers'] as const;

/** The options with their defaults. */
export interface RequestProbeSettings {
  readonly source: MemorySource;
  readonly onRequest: RequestProbeOptions['onRequest'];
  readonly onError: (error: unknown) => void;
  readonly headers: boolean;
}

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
export function checkRequestProbeOptions(options: RequestProbeOptions): RequestProbeSettings {
  checkOptions('memx', options, requestProbeOptionNames);
  const { source = processSource, onRequest, onError, headers = true } = options;
  if (typeof source?.read !== 'function') {
    throw invalid('source', source, 'Give an object with a method read(), or leave it out.');
  }
  if (typeof headers !== 'boolean') throw invalid('headers', headers, 'Give true or false.');
  return {
    source,
    headers,
    onRequest: checkFunction('onRequest', onRequest),
    onError: checkFunction('onError', onError) ?? (() => {}),
  };
}

function invalid(name: string, value: unknown, remedy: string): MemxError {
  return new MemxError('ERR_MEMX_INVALID_OPTION', { what: `Invalid ${name}`, value, remedy });
}
