import { CODE, ENGINE, FUNCTION, IN_CODE } from './name-roles.js';
import type { NameSet } from './name-set.js';
import type { RedactionLevel } from './redaction-level.js';
import type { ValueHash } from './value-hash.js';

/** @see {@link NameRules} */
export interface NameRulesOptions {
  readonly level: RedactionLevel;
  /** Names that JavaScript itself has. */
  readonly builtins: ReadonlySet<string>;
  /** Names of the program's code that the level keeps. */
  readonly codeNames: NameSet;
  readonly hash: ValueHash;
}

/** An identifier, also a private one, or a word with dashes; V8 escapes what is not ASCII. */
const NAME = /^(?:[\w$#-]|\\u[0-9A-F]{4}){1,100}$/;
/** Long numbers and keys are data even where they stand in code. */
const LOOKS_LIKE_DATA = /\d{6}|[0-9a-fA-F]{16}/;
/** V8's own words have no dots and no signs of addresses. */
const ENGINE_WORDS = /^[\w$:<>()*&~, +/|[\]-]{0,200}$/;
const SYSTEM_OBJECT = /^system \/ [A-Z]\w*(?: \([A-Za-z]+\))?$/;
const WEAK_PAIR =
  /^(\d+ \/ part of key \()(.*)( @\d+\) -> value \()(.*)( @\d+\) pair in WeakMap \(table @\d+\))$/s;
const BUILTIN_MODULE = /^node:[\w/-]+$/;
const FIXED = new Set([
  '',
  '<dummy>',
  '<symbol>',
  '<instance_members_initializer>',
  '<static_initializer>',
  '(anonymous)',
  'native_bind',
  'global (global)',
  'global (global*)',
]);

/**
 * Says what a text becomes where it serves as a name. All texts are as they stand in the file, between the quotes.
 *
 * V8 makes names of other names (`get size`, `<symbol nodejs.util.inspect.custom>`, `(code for parse)`): each part is
 * judged by itself.
 */
export class NameRules {
  private readonly options: NameRulesOptions;

  constructor(options: NameRulesOptions) {
    this.options = options;
  }

  /** The stand-in for a text of these roles, as a name. */
  rename(text: string, roles: number): string {
    if (FIXED.has(text)) return text;
    const engine = roles & ENGINE ? renameEngineWord(text, this.options) : null;
    if (engine !== null) return engine;
    if (roles & CODE) return this.renameCode(text);
    return this.renameName(text, roles);
  }

  private renameCode(text: string): string {
    const { hash } = this.options;
    if (/^\([A-Za-z ]+\)$/.test(text) && !text.includes(' for ')) return text;
    if (/^\(\w+ builtin (?:handle|code)\)$/.test(text) || BUILTIN_MODULE.test(text)) return text;
    const [, before, name, after] = /^(\((?:code|instruction stream) for )(.*)(\))$/s.exec(text) ?? [];
    if (name !== undefined) return `${before}${this.renameName(name, FUNCTION)}${after}`;
    const inPackage = text.lastIndexOf('/node_modules/');
    if (inPackage >= 0 && text.length < 1024 && this.options.level !== 'full') {
      return `${hash.ofText(text.slice(0, inPackage))}${text.slice(inPackage)}`;
    }
    return this.renameName(text, FUNCTION);
  }

  private renameName(text: string, roles: number): string {
    if (SYSTEM_OBJECT.test(text) && roles & (FUNCTION | CODE)) return text;
    const [, system, detail] = /^(system \/ [A-Z]\w* \/ )(.*)$/s.exec(text) ?? [];
    if (system !== undefined && detail !== undefined) return `${system}${this.options.hash.ofText(detail)}`;
    const [, symbol] = /^<symbol (.*)>$/s.exec(text) ?? [];
    if (symbol !== undefined) return `<symbol ${this.renameParts(symbol)}>`;
    const [, prefix, rest] = /^((?:get|set|bound|async|static) )(.+)$/s.exec(text) ?? [];
    if (prefix !== undefined && rest !== undefined) return `${prefix}${this.renameBracketed(rest)}`;
    const slash = text.indexOf(' / ');
    if (slash > 0 && roles & FUNCTION) {
      return `${this.renameParts(text.slice(0, slash))} / ${this.options.hash.ofText(text.slice(slash + 3))}`;
    }
    return this.renameParts(text);
  }

  /** `[Symbol.species]`, as in the name of a getter. */
  private renameBracketed(text: string): string {
    const [, inner] = /^\[(.*)\]$/s.exec(text) ?? [];
    return inner === undefined ? this.renameParts(text) : `[${this.renameParts(inner)}]`;
  }

  /** All parts of `Customer.getName` must be names that stay, or the whole goes. */
  private renameParts(text: string): string {
    if (this.stays(text)) return text;
    const parts = text.split('.');
    if (parts.length > 1 && parts.length < 8 && parts.every((part) => this.stays(part))) return text;
    return this.options.hash.ofText(text);
  }

  private stays(name: string): boolean {
    if (this.options.builtins.has(name)) return true;
    return isPlainName(name) && this.options.codeNames.has(name);
  }
}

/** Whether the level keeps a text of these roles, which stands in code, as a name. */
export function isKeptCodeName(text: string, roles: number, level: RedactionLevel): boolean {
  if (!(roles & IN_CODE) || level === 'full' || !isPlainName(text)) return false;
  return level === 'names' || (roles & (FUNCTION | CODE)) !== 0;
}

function isPlainName(text: string): boolean {
  return NAME.test(text) && !LOOKS_LIKE_DATA.test(text);
}

/** null when it is no word of V8's. */
function renameEngineWord(text: string, { hash, builtins }: NameRulesOptions): string | null {
  const pair = WEAK_PAIR.exec(text);
  if (pair !== null) {
    const [, start, key = '', middle, value = '', end] = pair;
    const inner = (name: string) =>
      builtins.has(name) || SYSTEM_OBJECT.test(name) ? name : hash.ofText(name);
    return `${start}${inner(key)}${middle}${inner(value)}${end}`;
  }
  // An element of a page is called as it is written, with its attributes.
  const [, tag] = /^<([a-z][\w-]*)[\s>]/.exec(text) ?? [];
  if (tag !== undefined) return `<${tag}> ${hash.ofText(text)}`;
  return ENGINE_WORDS.test(text) ? text : null;
}
