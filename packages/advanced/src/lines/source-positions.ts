import type { ExpressionKind } from './expression-site.js';

/** A place in a file's text. Line and column are 1-based, columns count UTF-16 units. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

/** An expression that an inserted function stands around. */
export interface ExpressionPlace extends SourcePlace {
  readonly kind: ExpressionKind;
  /** What a call or `new` names: `JSON.parse`, `split`, `Map`; null for functions of the file, and for all else. */
  readonly callee: string | null;
  /** Functions around its parts are made anew, and allocated by it, at every evaluation. */
  readonly makesFunctions: boolean;
  readonly within: FunctionPlace;
}

/** A function of the original. */
export interface FunctionPlace {
  /** As the text calls it; null where it has no name. */
  readonly functionName: string | null;
  /** Where V8 has it start; null for what starts at no place of its own: class parts. */
  readonly start: SourcePlace | null;
}

/** From a column of the instrumented text on, the original is `shift` columns to the left. */
interface ColumnShift {
  readonly from: number;
  readonly shift: number;
}

/** Where the parts of an instrumented text come from. Lines are the same in both texts. */
export class SourcePositions {
  /** By line, then by column of the inserted function. */
  #expressions = new Map<number, Map<number, ExpressionPlace>>();
  #shifts = new Map<number, ColumnShift[]>();
  #makers = new Set<string>();

  addExpression({ line, column }: SourcePlace, place: ExpressionPlace): void {
    let columns = this.#expressions.get(line);
    if (!columns) {
      columns = new Map();
      this.#expressions.set(line, columns);
    }
    columns.set(column, place);
  }

  /** A function of the original that makes inserted functions anew at every call. */
  addMaker({ line, column }: SourcePlace): void {
    this.#makers.add(`${line}:${column}`);
  }

  /** Whether the function that starts here, in the original, makes inserted functions. */
  isMaker({ line, column }: SourcePlace): boolean {
    return this.#makers.has(`${line}:${column}`);
  }

  /** Columns must come in ascending order. */
  addShift(line: number, shift: ColumnShift): void {
    const shifts = this.#shifts.get(line);
    if (shifts) shifts.push(shift);
    else this.#shifts.set(line, [shift]);
  }

  /** The expression whose inserted function starts here; null where the program's own code stands. */
  expressionAt({ line, column }: SourcePlace): ExpressionPlace | null {
    return this.#expressions.get(line)?.get(column) ?? null;
  }

  /** Where this place of the instrumented text is in the original. */
  toOriginal({ line, column }: SourcePlace): SourcePlace {
    const shifts = this.#shifts.get(line) ?? [];
    const last = shifts.findLast(({ from }) => from <= column);
    return { line, column: column - (last?.shift ?? 0) };
  }
}
