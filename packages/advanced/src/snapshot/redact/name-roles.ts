import { snapshotFormatError } from '../snapshot-format-error.js';
import type { SnapshotLayout } from '../snapshot-layout.js';

/** What a text of the snapshot serves as; one text may serve as several. */
export const VALUE = 1;
/** A word of V8's or Node's own: kinds of hidden objects, fields of them, roots. */
export const ENGINE = 2;
/** A constructor, class or function. */
export const FUNCTION = 4;
/** Compiled code and what belongs to it: functions, scripts, tables. */
export const CODE = 8;
/** A property or variable. */
const PROPERTY = 16;
/** It stands in the program's code as a name or literal. */
export const IN_CODE = 32;
/** Its other uses show something else than its use as a value; the value needs a text of its own. */
export const SPLIT = 64;

const ROLE_OF_NODE_TYPE: Readonly<Record<string, number>> = {
  object: FUNCTION,
  closure: FUNCTION,
  'wasm object': FUNCTION,
  code: CODE,
  synthetic: ENGINE,
  hidden: ENGINE,
  native: ENGINE,
  array: ENGINE,
  'object shape': ENGINE,
};
const ROLE_OF_EDGE_TYPE: Readonly<Record<string, number>> = {
  property: PROPERTY,
  context: PROPERTY,
  internal: ENGINE,
  weak: ENGINE,
  shortcut: ENGINE,
};

/** Names that V8 gives to values whose text it does not tell; a node of another name tells it. */
const UNTOLD_VALUES: readonly string[] = [
  'heap number',
  'smi number',
  'number',
  'int',
  'double',
  'symbol',
  'private symbol',
  'bigint',
  '(concatenated string)',
  '(sliced string)',
];
/** Objects that hold the names and literals of compiled functions, directly (Node 20 to 26). */
const CODE_HOLDERS: readonly string[] = [
  '(constant pool)',
  '(context local names)',
  'system / ScopeInfo',
  'system / ObjectBoilerplateDescription',
  'system / ClassBoilerplate',
  'system / UncompiledDataWithPreparseData',
  'system / UncompiledDataWithoutPreparseData',
];
/** The field of a function's shared part that holds its name, or its scope's description. */
const NAME_FIELD = 'name_or_scope_info';

/** The few texts that must be known by index before the rest can be read. */
export const wordsToFind: ReadonlySet<string> = new Set([...UNTOLD_VALUES, ...CODE_HOLDERS, NAME_FIELD]);

/** Judges what each reference to a text uses it as. `words`: where {@link wordsToFind} stand among the strings. */
export class NameRoles {
  private readonly layout: SnapshotLayout;
  private readonly untold: ReadonlySet<number>;
  private readonly holders: ReadonlySet<number>;
  private readonly nameField: number | undefined;
  private readonly nodeRoles: readonly number[];
  private readonly edgeRoles: readonly (number | null)[];

  constructor(layout: SnapshotLayout, words: ReadonlyMap<string, number>) {
    const indexes = (texts: readonly string[]) =>
      new Set(texts.flatMap((text) => (words.has(text) ? [words.get(text) as number] : [])));
    this.layout = layout;
    this.untold = indexes(UNTOLD_VALUES);
    this.holders = indexes(CODE_HOLDERS);
    this.nameField = words.get(NAME_FIELD);
    // What only a newer V8 has is taken for a value.
    this.nodeRoles = layout.nodeTypes.map((type) => ROLE_OF_NODE_TYPE[type] ?? VALUE);
    this.edgeRoles = layout.edgeTypes.map((type) =>
      type === 'element' || type === 'hidden' ? null : (ROLE_OF_EDGE_TYPE[type] ?? VALUE),
    );
  }

  ofNode(type: number, name: number): number {
    const role = this.nodeRoles[type];
    if (role === undefined)
      throw snapshotFormatError('the node types that the header lists', null, `type ${type}`);
    if (role !== VALUE) return role;
    return this.layout.nodeTypes[type] !== 'string' && this.untold.has(name) ? ENGINE : VALUE;
  }

  /** null for an edge that is called by a number. */
  ofEdge(type: number): number | null {
    const role = this.edgeRoles[type];
    if (role === undefined)
      throw snapshotFormatError('the edge types that the header lists', null, `type ${type}`);
    return role;
  }

  /** Whether the texts that a node of this name refers to are names and literals of the program's code. */
  holdsCodeTexts(nodeName: number): boolean {
    return this.holders.has(nodeName);
  }

  /** Whether an edge of this name is to a name of the program's code, if it is to a text. */
  isNameField(edgeName: number): boolean {
    return edgeName === this.nameField;
  }

  isString(type: number): boolean {
    return this.layout.nodeTypes[type] === 'string';
  }

  isElement(type: number): boolean {
    return this.layout.edgeTypes[type] === 'element';
  }
}
