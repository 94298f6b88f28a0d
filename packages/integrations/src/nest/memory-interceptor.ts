import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { finalize, type Observable, tap } from 'rxjs';
import { type ErrorSink, guard } from '../http/guard.js';
import type { Span, SpanMeter } from '../http/span-meter.js';
import type { HandlerRecord } from './handler-record.js';
import type { MemxModuleOptions } from './memx-module-options.js';

/** The token under which the interceptor finds what its module made for it. */
export const HANDLER_PROBE: unique symbol = Symbol.for('memx.nest.handler-probe');

/** What all interceptors of an application share: overlaps are counted across its modules. */
export interface HandlerProbe {
  readonly meter: SpanMeter;
  readonly onHandler: MemxModuleOptions['onHandler'];
  readonly onError: ErrorSink;
}

/**
 * Hands a record of every handler that it surrounds to `onHandler` of {@link MemxModule.forRoot}: for all handlers
 * (`app.useGlobalInterceptors(app.get(MemoryInterceptor))`), or for a controller or method (`@UseInterceptors(MemoryInterceptor)`).
 * The headers do not need it. It serves HTTP, microservice, WebSocket and GraphQL handlers alike.
 */
export class MemoryInterceptor implements NestInterceptor {
  private readonly probe: HandlerProbe;

  constructor(probe: HandlerProbe) {
    this.probe = probe;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { meter, onHandler, onError } = this.probe;
    const span = onHandler && guard(onError, () => meter.begin());
    if (onHandler === undefined || span === undefined) return next.handle();
    let outcome: HandlerRecord['outcome'] = 'cancelled';
    return next.handle().pipe(
      tap({ complete: () => (outcome = 'completed'), error: () => (outcome = 'failed') }),
      finalize(() => {
        guard(onError, () => onHandler(toRecord(context, span, outcome)));
        span.end();
      }),
    );
  }
}

Inject(HANDLER_PROBE)(MemoryInterceptor, undefined, 0);
Injectable()(MemoryInterceptor);

function toRecord(context: ExecutionContext, span: Span, outcome: HandlerRecord['outcome']): HandlerRecord {
  return { controller: context.getClass().name, handler: context.getHandler().name, outcome, ...span.read() };
}
