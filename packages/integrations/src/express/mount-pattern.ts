/** What Express keeps of the path under which a router is mounted. Internals, so each part may be missing. */
export interface Mounted {
  /** The pattern itself (Express 5 with router 2.3). */
  readonly rawPath?: unknown;
  /** What Express 4 made of the pattern. */
  readonly regexp?: RegExp & { readonly fast_slash?: boolean };
  readonly keys?: readonly { readonly name: string | number }[];
}

/** The pattern of a mount: `/users/:user`, empty for `/`, null when it is not a plain one or not kept (Express 5.0, 5.1). */
export function readMountPattern({ rawPath, regexp, keys = [] }: Mounted): string | null {
  const pattern = regexp === undefined ? rawPath : toPattern(regexp, keys);
  if (typeof pattern !== 'string') return null;
  return pattern === '/' ? '' : pattern;
}

/** Undoes what path-to-regexp 0.1.7 to 0.1.13 do to paths of text and plain parameters. */
function toPattern(
  regexp: NonNullable<Mounted['regexp']>,
  keys: NonNullable<Mounted['keys']>,
): string | null {
  if (regexp.fast_slash) return '/';
  const body = /^\^(.*)\\\/\?\(\?=\\\/\|\$\)$/.exec(regexp.source)?.[1];
  let parameter = 0;
  const path = body
    ?.replace(
      /\(\?:(\\\/)?\(\[\^\\?\/\]\+\?\)\)(?!\?)/g,
      (_, slash = '') => `${slash}:${keys[parameter++]?.name}`,
    )
    .replace(/\\([/.])/g, '$1');
  return path !== undefined && /^[\w/:.~%@-]*$/.test(path) ? path : null;
}
