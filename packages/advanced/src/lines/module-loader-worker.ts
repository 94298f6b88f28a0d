import type { MessagePort } from 'node:worker_threads';
import { writeLine } from '../allocation/write-line.js';
import type { InstrumentPlan } from './file-selection.js';
import type { LoadReport } from './instrumented-files.js';
import { instrumentLoaded, type LoadResult } from './module-source.js';

let port: MessagePort;
let plan: InstrumentPlan;

export function initialize(data: { port: MessagePort; plan: InstrumentPlan }): void {
  port = data.port;
  plan = data.plan;
}

export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<LoadResult>,
): Promise<LoadResult> {
  const report = (what: LoadReport) => {
    port.postMessage(what);
    if (plan.sources) writeLine(plan.sources, what);
  };
  return instrumentLoaded(url, await next(url, context), { plan, report });
}
