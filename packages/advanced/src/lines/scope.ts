/** A variable, as far as an inserted function has to know it. */
export interface Binding {
  readonly scope: Scope;
  /** Where it can be read for sure; 0 for what is readable in the whole scope. */
  readonly readableFrom: number;
  /** What its first value tells of it, for telling sums from concatenations. */
  readonly startsAs: 'number' | 'string' | null;
  /** A function of the program inside its own uses it. */
  isCaptured: boolean;
  /** Assigned to beside its declaration. */
  isReassigned: boolean;
}

/**
 * A lexical scope. Parameters and body of a function are one scope: for what is asked here, which of two
 * variables of one name is meant does not matter.
 */
export interface Scope {
  readonly kind:
    | 'file'
    | 'function'
    | 'once'
    | 'derived-constructor'
    | 'arrow'
    | 'class'
    | 'block'
    | 'switch';
  readonly parent: Scope | null;
  /** The function whose activation holds the variables: this scope, or one around it. */
  readonly activation: Scope;
  /** Where V8 has the function of an activation start: at its parameters. Null for a file and for class parts. */
  readonly functionStart: number | null;
  /** What the text calls the function of an activation; null where it has no name. */
  readonly functionName: string | null;
  readonly names: Map<string, Binding>;
  /** A function inside reads or writes one of its variables, so V8 makes a context object for it. */
  hasContext: boolean;
}

export type NewScope = Partial<Pick<Scope, 'functionStart' | 'functionName'>>;

export function openScope(
  kind: Scope['kind'],
  parent: Scope | null,
  { functionStart = null, functionName = null }: NewScope = {},
): Scope {
  const scope: { -readonly [K in keyof Scope]: Scope[K] } = {
    kind,
    parent,
    functionStart,
    functionName,
    activation: undefined as never,
    names: new Map(),
    hasContext: kind === 'class',
  };
  const isActivation = kind !== 'class' && kind !== 'block' && kind !== 'switch';
  scope.activation = isActivation || !parent ? scope : parent.activation;
  return scope;
}

/** Evaluated once per load: a function kept from the first evaluation sees the right variables for ever. */
export function isPermanent({ kind, parent }: Scope): boolean {
  if (kind === 'file') return true;
  return (kind === 'class' || kind === 'once') && parent !== null && isPermanent(parent);
}

export function findBinding(name: string, from: Scope): Binding | null {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    const binding = scope.names.get(name);
    if (binding) return binding;
  }
  return null;
}

/** From a scope outwards. */
export function* scopesOutward(from: Scope): Generator<Scope> {
  for (let scope: Scope | null = from; scope; scope = scope.parent) yield scope;
}

/** Whose `this` is meant: that of the nearest function that is no arrow function, or the file's. */
export function thisOwner(from: Scope): Scope {
  let owner = from.activation;
  while (owner.kind === 'arrow' && owner.parent) owner = owner.parent.activation;
  return owner;
}
