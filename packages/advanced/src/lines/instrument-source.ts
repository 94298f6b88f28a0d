import { type Options, parse } from 'acorn';
import type { ExpressionSite } from './expression-site.js';
import { findSites } from './find-sites.js';
import { type FunctionPlan, planKeptFunctions } from './plan-functions.js';
import { findBinding, type Scope } from './scope.js';
import type { FoundSites } from './site-recorder.js';
import { type FunctionPlace, type SourcePlace, SourcePositions } from './source-positions.js';
import { SourceText } from './source-text.js';
import { type Edit, editOfArguments, editsAround, hasMarks, keptFunctionPrefix } from './write-functions.js';

export type SourceKind = 'module' | 'commonjs' | 'script';

export interface InstrumentOptions {
  readonly filename: string;
  readonly kind: SourceKind;
  /** Whether the inserted functions are written so that V8 cannot inline them. Default: false. */
  readonly resistsInlining?: boolean;
}

export interface InstrumentedSource {
  readonly code: string;
  readonly positions: SourcePositions;
}

const NO_PLAN: FunctionPlan = { kept: new Set(), passing: new Set() };

/**
 * Puts a function of its own around every expression that allocates, on the same line: V8's sampling profiler knows
 * only functions, and so learns the expressions. The program's meaning stays, and so does its line structure; a
 * variable for the kept functions is declared in one more line at the end (not in a script).
 *
 * Costs about as much as parsing twice. Pure: nothing is kept.
 *
 * @throws SyntaxError when the text does not parse.
 */
export function instrumentSource(
  code: string,
  { kind, resistsInlining = false }: InstrumentOptions,
): InstrumentedSource {
  if (hasMarks(code)) return { code, positions: new SourcePositions() };
  const found = findSites(parse(code, parserOptions(kind)));
  const { kept, passing } = kind === 'script' ? NO_PLAN : planKeptFunctions(found);
  const prefix = keptFunctionPrefix(code);
  const names = nameKept(kept, prefix);
  const makers = new Set(found.sites.filter((site) => !kept.has(site)).map((site) => makerOf(site)));
  const text = new SourceText(code);
  const { code: edited, positions } = applyEdits(
    text,
    orderEdits(code, found, {
      names,
      passing,
      makers,
      argumentsName: `${prefix}a`,
      neverName: resistsInlining ? `${prefix}n` : null,
    }),
  );
  for (const maker of makers) if ('functionStart' in maker) positions.addMaker(placeOfFunction(text, maker));
  return { code: names.size > 0 ? `${edited}\n;var ${[...names.values()].join()};` : edited, positions };
}

function parserOptions(kind: SourceKind): Options {
  return {
    ecmaVersion: 'latest',
    sourceType: kind,
    allowHashBang: true,
    allowAwaitOutsideFunction: kind === 'module',
  };
}

function nameKept(kept: ReadonlySet<ExpressionSite>, prefix: string): Map<ExpressionSite, string> {
  return new Map([...kept].map((site, index) => [site, `${prefix}${index}`]));
}

/** Which function makes the one around this expression: an inserted one, or one that was there. */
function makerOf(site: ExpressionSite): ExpressionSite | Scope {
  let { parent } = site;
  while (parent?.isCut) parent = parent.parent;
  return parent?.scope.activation === site.scope.activation ? parent : site.scope.activation;
}

function functionAround(text: SourceText, { scope: { activation } }: ExpressionSite): FunctionPlace {
  const { kind, functionStart, functionName } = activation;
  const isPlaced = functionStart !== null || kind === 'file';
  return { functionName, start: isPlaced ? placeOfFunction(text, activation) : null };
}

function placeOfFunction(text: SourceText, { kind, functionStart }: Scope): SourcePlace {
  if (functionStart === null) return text.placeOf(0);
  return text.placeOf(kind === 'arrow' ? functionStart : text.code.indexOf('(', functionStart));
}

interface PlannedEdits {
  readonly names: ReadonlyMap<ExpressionSite, string>;
  readonly passing: ReadonlySet<ExpressionSite>;
  readonly makers: ReadonlySet<ExpressionSite | Scope>;
  readonly argumentsName: string;
  readonly neverName: string | null;
}

interface OpeningEdit extends Edit {
  readonly functionOffset: number;
  readonly site: ExpressionSite;
  readonly makesFunctions: boolean;
}

/** In the order of the text; where several end together, the inner one first. */
function orderEdits(
  code: string,
  { sites, continuableStarts, takenArguments }: FoundSites,
  { names, passing, makers, argumentsName, neverName }: PlannedEdits,
): (Edit | OpeningEdit)[] {
  const edits: (Edit | OpeningEdit)[] = [];
  const unclosed: Edit[] = [];
  const starts = new Set(continuableStarts);
  const closeUpTo = (offset: number) => {
    for (let edit = unclosed.at(-1); edit && edit.at <= offset; edit = unclosed.at(-1)) {
      edits.push(edit);
      unclosed.pop();
    }
  };
  const taken = [...takenArguments].sort((a, b) => a - b);
  const renameUpTo = (offset: number) => {
    for (let at = taken[0]; at !== undefined && at < offset; at = taken[0]) {
      closeUpTo(at);
      edits.push(editOfArguments(at, argumentsName));
      taken.shift();
    }
  };
  for (const site of sites) {
    renameUpTo(site.start);
    closeUpTo(site.start);
    const { open, close, functionOffset } = editsAround(code, site, {
      keptAs: names.get(site) ?? null,
      passesVariables: passing.has(site),
      startsStatement: starts.delete(site.start),
      argumentsName,
      neverName,
    });
    edits.push({ ...open, functionOffset, site, makesFunctions: makers.has(site) });
    unclosed.push(close);
  }
  renameUpTo(Number.POSITIVE_INFINITY);
  closeUpTo(Number.POSITIVE_INFINITY);
  return edits;
}

/** Not of a function that the file declares or imports: what is charged to its call is the arguments'. */
function builtinOf({ callee, calledVariable, scope }: ExpressionSite): string | null {
  return calledVariable !== null && findBinding(calledVariable, scope) ? null : callee;
}

function applyEdits(text: SourceText, edits: readonly (Edit | OpeningEdit)[]): InstrumentedSource {
  const { code } = text;
  const positions = new SourcePositions();
  const parts: string[] = [];
  let copied = 0;
  let shifted = { line: 0, columns: 0 };
  for (const edit of edits) {
    const { line, column } = text.placeOf(edit.at);
    const columns = shifted.line === line ? shifted.columns : 0;
    if ('site' in edit) {
      const { site, functionOffset, makesFunctions } = edit;
      const place = { line, column: column + columns + functionOffset };
      const { anchor, kind } = site;
      const callee = builtinOf(site);
      const within = functionAround(text, site);
      positions.addExpression(place, { ...text.placeOf(anchor), kind, callee, makesFunctions, within });
    }
    parts.push(code.slice(copied, edit.at), edit.text);
    copied = edit.at + edit.removed.length;
    const end = column + columns + edit.text.length;
    shifted = { line, columns: columns + edit.text.length - edit.removed.length };
    positions.addShift(line, { from: end, shift: shifted.columns });
  }
  parts.push(code.slice(copied));
  return { code: parts.join(''), positions };
}
