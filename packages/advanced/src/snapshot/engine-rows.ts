import type { NodeDescription } from './node-naming.js';

/**
 * V8's own hidden objects, by the names of {@link describeNode}: they come and go with compiling, optimizing, inline
 * caches and templates of built-in modules, and say nothing about the program's data. Found by running code that keeps
 * nothing and loads modules on Node 20, 22, 24 and 26. The list is longer than any one version needs, because V8 moves
 * them between kinds (a CodeWrapper is hidden on Node 22 and code on 24).
 *
 * Left out, because the program's own doing shows in them: PropertyArray (properties added to objects), Context (scopes
 * that closures keep), NativeContext (vm contexts), WeakCell (FinalizationRegistry), Cell (exports of modules),
 * PropertyCell (global variables), AccessorPair (getters and setters), JSProxy, EmbedderDataArray.
 */
export const engineTypeNames: readonly string[] = [
  // Compiled code and what it was compiled from.
  'BytecodeArray',
  'BytecodeWrapper',
  'CodeWrapper',
  'ClassBoilerplate',
  'ClassPositions',
  'ScopeInfo',
  'ScriptContextTable',
  'SharedFunctionInfoWrapper',
  'ProtectedFixedArray',
  'ProtectedWeakFixedArray',
  'TrustedFixedArray',
  'TrustedWeakFixedArray',
  'TrustedByteArray',
  // Compiled regular expressions; the RegExp objects themselves are the row `(regexp)`.
  'AtomRegExpData',
  'IrRegExpData',
  'RegExpDataWrapper',
  'RegExpMatchInfo',
  // Type feedback, and the links between the shapes of objects.
  'AllocationSite',
  'ClosureFeedbackCellArray',
  'DescriptorArray',
  'EnumCache',
  'FeedbackCell',
  'FeedbackMetadata',
  'FeedbackVector',
  'LoadHandler',
  'PrototypeInfo',
  'StoreHandler',
  'StrongDescriptorArray',
  'TransitionArray',
  'WeakArrayList',
  'WeakFixedArray',
  // Templates from which native modules make their functions and objects.
  'AccessorInfo',
  'ArrayList',
  'CallHandlerInfo',
  'DictionaryTemplateInfo',
  'Foreign',
  'FunctionTemplateInfo',
  'FunctionTemplateRareData',
  'InterceptorInfo',
  'ObjectTemplateInfo',
  // One of a kind.
  'DoubleStringCache',
  'ExternalPointerArray',
  'Hole',
  'Oddball',
];

const engineNames: ReadonlySet<string> = new Set(engineTypeNames);

/**
 * True for the rows that move by themselves in a healthy program: V8's code, shapes of objects, and the hidden objects
 * of {@link engineTypeNames}. Without them, three snapshots by id name no healthy program of our corpus; with them,
 * half of the alarms are false. Callers leave such rows out of verdicts, never out of what they show.
 */
export function isEngineRow({ kind, name }: NodeDescription): boolean {
  if (kind === 'hidden') return engineNames.has(name);
  return kind === 'code' || kind === 'object shape';
}
