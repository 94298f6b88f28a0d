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
  /**
   * Is told of each request that is over, with its route, so that it can tell when requests of a route are kept: what
   * `startLeakWatch` of `@memx/advanced` returns.
   */
  readonly leakWatch?: RequestWatcher;
  /** Whether responses carry `X-Memory-Delta-MB` and `X-Memory-Concurrent-Requests`. Default true. */
  readonly headers?: boolean;
}

/** Holds requests weakly until they are gone. */
export interface RequestWatcher {
  watchRequest(request: object, route: Pick<RequestRecord, 'method' | 'route'>): void;
}

/** Names of all {@link RequestProbeOptions}. */
export const requestProbeOptionNames = ['source', 'onRequest', 'onError', 'leakWatch', 'headers'] as const;

/** The options with their defaults. */
export interface RequestProbeSettings {
  readonly source: MemorySource;
  readonly onRequest: RequestProbeOptions['onRequest'];
  readonly onError: (error: unknown) => void;
  readonly leakWatch: RequestWatcher | undefined;
  readonly headers: boolean;
}

/** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
export function checkRequestProbeOptions(options: RequestProbeOptions): RequestProbeSettings {
  checkOptions('memx', options, requestProbeOptionNames);
  const { source = processSource, onRequest, onError, leakWatch, headers = true } = options;
  if (typeof source?.read !== 'function') {
    throw invalid('source', source, 'Give an object with a method read(), or leave it out.');
  }
  if (leakWatch !== undefined && typeof leakWatch?.watchRequest !== 'function') {
    throw invalid('leakWatch', leakWatch, 'Give what startLeakWatch returns, or leave it out.');
  }
  if (typeof headers !== 'boolean') throw invalid('headers', headers, 'Give true or false.');
  return {
    source,
    headers,
    leakWatch,
    onRequest: checkFunction('onRequest', onRequest),
    onError: checkFunction('onError', onError) ?? (() => {}),
  };
}

function invalid(name: string, value: unknown, remedy: string): MemxError {
  return new MemxError('ERR_MEMX_INVALID_OPTION', { what: `Invalid ${name}`, value, remedy });
}
