import Module from 'node:module';
import { MessageChannel } from 'node:worker_threads';
import type { InstrumentPlan } from './file-selection.js';
import type { InstrumentedFiles, LoadReport } from './instrumented-files.js';
import loaderSource from './module-loader-worker.js?worker-source';
import { instrumentLoaded, type LoadResult } from './module-source.js';

type NextLoad = (url: string, context: object) => LoadResult;
type RegisterHooks = (hooks: { load(url: string, context: object, next: NextLoad): LoadResult }) => unknown;
const { registerHooks } = Module as typeof Module & { registerHooks?: RegisterHooks };

/** ES modules: by hooks in this thread where Node has them (22.15, 23.5), else by a loader in a thread of its own. */
export function hookModules(files: InstrumentedFiles, plan: InstrumentPlan): void {
  if (!registerHooks) startLoader(files, plan);
  else {
    const report = (what: LoadReport) => files.report(what);
    registerHooks({
      load: (url, context, next) => instrumentLoaded(url, next(url, context), { plan, report }),
    });
  }
}

function startLoader(files: InstrumentedFiles, plan: InstrumentPlan): void {
  const { port1, port2 } = new MessageChannel();
  files.listen(port1);
  const url = `data:text/javascript,${encodeURIComponent(loaderSource)}`;
  Module.register(url, { data: { port: port2, plan }, transferList: [port2] });
}
