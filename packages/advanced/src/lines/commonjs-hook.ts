import Module from 'node:module';
import { type InstrumentPlan, selects } from './file-selection.js';
import type { InstrumentedFiles } from './instrumented-files.js';

type Compile = (this: unknown, content: unknown, filename: unknown, ...rest: unknown[]) => unknown;

/**
 * Every CommonJS file goes through `Module.prototype._compile`: after Node's own type stripping and after loaders
 * such as tsx, on Node 20 to 26, by `require` and by `import`.
 */
export function hookCommonJs(files: InstrumentedFiles, plan: InstrumentPlan): void {
  const { resistsInlining } = plan;
  const prototype = Module.prototype as typeof Module.prototype & { _compile: Compile };
  const compile = prototype._compile;
  prototype._compile = function (content, filename, ...rest) {
    const isOurs = typeof content === 'string' && typeof filename === 'string' && selects(plan, filename);
    // Node 22 and newer tell the format here; a module is compiled elsewhere, and is instrumented there.
    if (!isOurs || rest[0] === 'module') return compile.call(this, content, filename, ...rest);
    return compile.call(
      this,
      files.instrument({ filename, code: content, kind: 'commonjs', resistsInlining }),
      filename,
      ...rest,
    );
  };
}
