import type { ExpressionSite } from './expression-site.js';
import { findBinding } from './scope.js';

/** Text to put in place of `removed` at an offset of the original. */
export interface Edit {
  readonly at: number;
  readonly removed: string;
  readonly text: string;
}

export interface EditsAround {
  readonly open: Edit;
  readonly close: Edit;
  /** Where in the opening text V8 has the function start: at its parameters. */
  readonly functionOffset: number;
}

// All that is inserted stands between marks, so that a function's own text can be had back (see written-text.ts).
const MARK = '/*{m*/';
const MARK_OF_APPEND = '/*{m+=*/';
const ARGUMENTS = 'arguments';
const MARK_OF_ARGUMENTS = `/*{m${ARGUMENTS}*/`;
// After a division or a regular expression `/*` would make `//`.
const MARK_AFTER_SLASH = ' /*{m_*/';
const END = '/*m}*/';
// The text of an arrow function ends at its last token: an insertion that is last there has lost its end mark.
const INSERTED = /(?: \/\*\{m_|\/\*\{m(\+=|arguments)?)\*\/.*?(?:\/\*m\}\*\/|$)/g;

export function hasMarks(code: string): boolean {
  return code.includes('/*{m') || code.includes(END);
}

/** The text as its author wrote it. */
export function withoutInsertions(code: string): string {
  return code.replace(INSERTED, (_, replaced: string | undefined) => replaced ?? '');
}

/** A prefix that no identifier of the file has. */
export function keptFunctionPrefix(code: string): string {
  let prefix = '$m';
  while (code.includes(prefix)) prefix += '$';
  return `${prefix}_`;
}

/**
 * V8 inlines no function of more than 460 bytes of bytecode (Node 20–26): this makes 520 more, which never run. It takes a
 * jump to pass them; V8 optimises a longer function somewhat later.
 */
function tooLongToInline(never: string): string {
  return `${never}?[${Array.from({ length: 4 }, () => `[${never}]=${never}`).join()}]:`;
}

interface WayOfWriting {
  /** The variable that keeps the function; null for one that is made anew. */
  readonly keptAs: string | null;
  readonly passesVariables: boolean;
  readonly startsStatement: boolean;
  /** By which `arguments` goes inside of sites that take it. */
  readonly argumentsName: string;
  /** Of a parameter that is never given, for functions that V8 may not inline; null for others. */
  readonly neverName: string | null;
}

/** What stands before and after an expression. */
export function editsAround(
  code: string,
  site: ExpressionSite,
  { keptAs, passesVariables, startsStatement, argumentsName, neverName }: WayOfWriting,
): EditsAround {
  const { form, start, end } = site;
  const reads = passesVariables ? [...site.reads].filter((name) => findBinding(name, site.scope)) : [];
  const given = [
    ...reads,
    ...(site.takesArguments ? [isInsideTaking(site) ? argumentsName : 'arguments'] : []),
  ];
  const taken = [...reads, ...(site.takesArguments ? [argumentsName] : [])];
  const takesThis = keptAs !== null && site.usesThis;
  const target = form.form === 'append' ? appendOperator(code, form.targetEnd) : null;
  const mark = target ? `${MARK_OF_APPEND}=` : markAt(code, start);
  const before = `${mark}${startsStatement && !target ? ';' : ''}(${keptAs ? `${keptAs}??=` : ''}${takesThis ? 'function' : ''}`;
  const { head, tail } = bodyAround(site, { taken, takesThis, neverName, isObject: code[start] === '{' });
  const call = takesThis ? `.call(${['this', ...given].join()})` : `(${given.join()})`;
  return {
    open: { at: target ?? start, removed: target ? '+=' : '', text: `${before}${head}${END}` },
    close: { at: end, removed: '', text: `${markAt(code, end)}${tail})${call}${END}` },
    functionOffset: before.length,
  };
}

/** `arguments` by the name that it has where it was taken as an argument. */
export function editOfArguments(at: number, argumentsName: string): Edit {
  return { at, removed: ARGUMENTS, text: `${MARK_OF_ARGUMENTS}${argumentsName}${END}` };
}

/** All sites around one that takes `arguments` take it, too. */
function isInsideTaking({ parent, scope }: ExpressionSite): boolean {
  let around = parent;
  while (around?.isCut) around = around.parent;
  return around !== null && around.scope.activation === scope.activation;
}

function markAt(code: string, offset: number): string {
  return code[offset - 1] === '/' ? MARK_AFTER_SLASH : MARK;
}

function bodyAround(
  { form }: ExpressionSite,
  {
    taken,
    takesThis,
    neverName,
    isObject,
  }: {
    taken: readonly string[];
    takesThis: boolean;
    neverName: string | null;
    isObject: boolean;
  },
): { head: string; tail: string } {
  const [before, after] = takesThis ? ['{return ', '}'] : ['=>', ''];
  const never = neverName === null ? [] : [neverName];
  const start = `${before}${never.map(tooLongToInline).join('')}`;
  if (form.form === 'named') {
    const head = `(${[...taken, `${form.name}=`].join()}`;
    return { head, tail: `${['', ...never].join()})${start}${form.name}${after}` };
  }
  const open = form.form === 'append' ? `${form.name}+(` : isObject ? '(' : ''; // in brackets it is no block
  return {
    head: `(${[...taken, ...never].join()})${start}${open}`,
    tail: `${open ? ')' : ''}${after}`,
  };
}

/** Where `+=` is, past comments and the brackets that a target may stand in. */
function appendOperator(code: string, from: number): number {
  const between = /(?:[\s)]|\/\*[\s\S]*?\*\/|\/\/.*)*/y;
  between.lastIndex = from;
  between.test(code);
  return between.lastIndex;
}
