export type { ExpressionKind } from './expression-site.js';
export type { FileSelection } from './file-selection.js';
export {
  type InstrumentedSource,
  type InstrumentOptions,
  instrumentSource,
  type SourceKind,
} from './instrument-source.js';
export {
  InstrumentedFiles,
  instrumentedFiles,
  type LoadedSource,
  type LoadReport,
  readInstrumentedFiles,
  type UninstrumentedFile,
} from './instrumented-files.js';
export { type RegisterOptions, register } from './register.js';
export { LineResolver } from './resolve-line-frames.js';
export type { ExpressionPlace, SourcePlace, SourcePositions } from './source-positions.js';
