import type { Expression } from 'acorn';
import type { Scope } from './scope.js';

/** What an expression allocates by itself. */
export type ExpressionKind =
  | 'object'
  | 'array'
  | 'closure'
  | 'class'
  | 'regexp'
  | 'template'
  | 'call'
  | 'new'
  | 'concat';

/** How the inserted function stands around the expression. */
export type SiteForm =
  /** `(() => expr)()` */
  | { readonly form: 'expression' }
  /** `((name = expr) => name)()`: an anonymous function or class keeps the name that its place gives it. */
  | { readonly form: 'named'; readonly name: string }
  /** `s = (() => s + (expr))()` in place of `s += expr`: a variable written outside needs no closure over it. */
  | { readonly form: 'append'; readonly name: string; readonly targetEnd: number };

/** An expression that allocates, and all that decides how a function may be put around it. */
export interface ExpressionSite {
  readonly kind: ExpressionKind;
  readonly form: SiteForm;
  /** Offsets in the file's text. */
  readonly start: number;
  readonly end: number;
  /** Where a reader looks for it: the method's name of a call, the start of all else. */
  readonly anchor: number;
  /** What a call or `new` names: `JSON.parse`, `split`, `Map`. */
  readonly callee: string | null;
  /** The variable that a call calls, which is no builtin when the file declares it. */
  readonly calledVariable: string | null;
  readonly scope: Scope;
  /** The nearest site around it, functions between them or not. */
  readonly parent: ExpressionSite | null;
  /** Leaves of a `+` that may be numbers after all. */
  readonly operands: readonly Expression[];
  /** It holds `await`, `yield`, or a direct `eval` that declares in its function: no function may stand around it. */
  isCut: boolean;
  usesThis: boolean;
  /** Gets `arguments`, which calls in it pass on, as an argument of its own. */
  takesArguments: boolean;
  /** `arguments`, `super`, `new.target`, a private name: only an arrow function made in its place sees them. */
  isLexical: boolean;
  /** Writes a variable from around it. */
  writesOutside: boolean;
  /** Functions of the program in it use variables from around it: they must go on to see those, not copies. */
  isClosedOver: boolean;
  /** Variables of the functions around it that it reads. */
  readonly reads: Set<string>;
}
