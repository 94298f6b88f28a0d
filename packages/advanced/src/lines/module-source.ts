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
  const instrumented = tryInstrument({ filename, code, kind: 'module' });
  report(instrumented.report);
  return { ...result, format: 'module', source: instrumented.code };
}

function moduleCode({ format, source }: LoadResult): string | null {
  if (source === null || source === undefined) return null;
  const text = () => (typeof source === 'string' ? source : new TextDecoder().decode(source));
  if (format === 'module') return text();
  // Node strips types after the hooks; it leaves blanks in their place, so positions stay.
  if (format === 'module-typescript' && stripTypeScriptTypes) return stripTypeScriptTypes(text());
  return null;
}
