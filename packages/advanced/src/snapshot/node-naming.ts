/**
 * What a heap object is, in V8's words, with two corrections that {@link describeNode} makes.
 * `unknown` is a type that only a newer V8 has.
 */
export type NodeKind =
  | 'object'
  | 'native'
  | 'closure'
  | 'string'
  | 'array'
  | 'hidden'
  | 'code'
  | 'object shape'
  | 'regexp'
  | 'number'
  | 'symbol'
  | 'bigint'
  | 'wasm object'
  | 'unknown';

/** A row's identity: kind and name together. The name alone may be shared by a class and one of V8's own objects. */
export interface NodeDescription {
  readonly kind: NodeKind;
  /** What a person reads in a table. */
  readonly name: string;
}

/** Types whose nodes are told apart by name. A string's name is its text and never becomes one. */
const NAMED_TYPES: ReadonlySet<string> = new Set([
  'object',
  'native',
  'closure',
  'array',
  'hidden',
  'wasm object',
]);

/** True when {@link describeNode} needs the node's name, not only its type. */
export function isNamedType(type: string): boolean {
  return NAMED_TYPES.has(type);
}

/**
 * What to call a node of V8's `type` (from the snapshot's `meta`) and name: the only place that knows V8's spelling.
 *
 * V8's own objects lose their prefix `system / `, and are `hidden` even where V8 calls them objects (a function's
 * scope is the *object* `system / Context`, Node 20 to 26), so that a class named Context stays a row of its own.
 *
 * @returns null for synthetic nodes (roots), which are no objects
 */
export function describeNode(type: string, name: string): NodeDescription | null {
  switch (type) {
    case 'object':
    case 'native':
    case 'wasm object':
    case 'hidden':
      return describeByName(type, name);
    case 'closure':
      return { kind: 'closure', name: name === '' ? '(closure)' : `(closure) ${name}` };
    case 'array':
      return { kind: 'array', name: name === '' ? '(array)' : name };
    case 'string':
    case 'concatenated string':
    case 'sliced string':
      return { kind: 'string', name: `(${type})` };
    case 'code':
    case 'object shape':
    case 'regexp':
    case 'number':
    case 'symbol':
    case 'bigint':
      return { kind: type, name: `(${type})` };
    case 'synthetic':
      return null;
    default:
      return { kind: 'unknown', name: `(${type})` };
  }
}

const SYSTEM_PREFIX = 'system / ';

function describeByName(
  type: 'object' | 'native' | 'wasm object' | 'hidden',
  fullName: string,
): NodeDescription {
  // Node 26 ends some names with an empty detail: `system / NativeContext / `.
  const name = fullName.endsWith(' / ') ? fullName.slice(0, -3) : fullName;
  if (type === 'hidden' && name === 'private symbol') return { kind: 'symbol', name: '(symbol)' };
  if (!name.startsWith(SYSTEM_PREFIX)) return { kind: type, name: name === '' ? `(${type})` : name };
  // Maps are V8's object shapes, and a user's Map is something else: `system / Map (ConsOneByteString)`.
  if (/^system \/ Map\b/.test(name)) return { kind: 'object shape', name: '(object shape)' };
  return { kind: type === 'object' ? 'hidden' : type, name: name.slice(SYSTEM_PREFIX.length) };
}
