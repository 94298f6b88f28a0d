import Module from 'node:module';
import { fileURLToPath } from 'node:url';
import { type InstrumentPlan, selects } from './file-selection.js';
import { type LoadReport, tryInstrument } from './instrumented-files.js';

/** What a `load` hook answers. */
export interface LoadResult {
  readonly format?: string | null | undefined;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | null | undefined;
  readonly shortCircuit?: boolean;
}

type StripTypes = (code: string) => string;
const { stripTypeScriptTypes } = Module as typeof Module & { stripTypeScriptTypes?: StripTypes };
const isHookedInThread = 'registerHooks' in Module;

/** An ES module's source with the functions inserted; all else (CommonJS, JSON, WASM, builtins) as it is. */
export function instrumentLoaded<Result extends LoadResult>(
  url: string,
  result: Result,
  { plan, report }: { plan: InstrumentPlan; report: (what: LoadReport) => void },
): Result {
  const code = moduleCode(result);
  if (code === null || !url.startsWith('file:')) return result;
  const filename = fileURLToPath(url);
  if (!selects(plan, filename)) return result;
  const kind = result.format === 'commonjs' ? 'commonjs' : 'module';
  const instrumented = tryInstrument({
    filename,
    code,
    kind,
    resistsInlining: plan.resistsInlining,
  });
  report(instrumented.report);
  return { ...result, format: kind, source: instrumented.code };
}

function moduleCode({ format, source }: LoadResult): string | null {
  if (source === null || source === undefined) return null;
  const text = () => (typeof source === 'string' ? source : new TextDecoder().decode(source));
  // Node 20 gives no source for CommonJS; where a loader such as tsx does, `Module.prototype._compile` is not called.
  if (format === 'module' || (format === 'commonjs' && !isHookedInThread)) return text();
  if (format === 'module-typescript' && stripTypeScriptTypes)
    return withoutTypes(text(), stripTypeScriptTypes);
  return null;
}

/** Node strips types after the hooks. It leaves blanks in their place, so positions stay. */
function withoutTypes(code: string, strip: StripTypes): string | null {
  const { emitWarning } = process;
  process.emitWarning = () => {}; // that the function is experimental, which is not the program's business
  try {
    return strip(code);
  } catch {
    return null; // Node tells the user what it cannot strip
  } finally {
    process.emitWarning = emitWarning;
  }
}
