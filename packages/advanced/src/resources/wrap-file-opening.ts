import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dressAs, type Restore, replaceProperty, restoreAll } from '../external/replace-property.js';
import type { Wrapper } from '../external/sampling-gate.js';
import type { OpenResources } from './open-resources.js';

type OpenCallback = (error: Error | null, fd?: number) => void;

/**
 * Wraps what opens files: `fs.openSync`, `fs.open` (which streams call, too) and `fs.promises.open`. What of Node opens and
 * closes a file in one call (`readFile`) does not go through them.
 */
export function wrapFileOpening(resources: OpenResources): Restore {
  const restore = restoreAll([
    wrapOpenSync(resources),
    wrapOpen(resources),
    wrapPromisedOpen(resources),
    // Last in, first out is for the properties; the bindings of ES modules follow once they are put back.
  ]);
  syncBuiltinESMExports();
  return () => {
    restore();
    syncBuiltinESMExports();
  };
}

function wrapOpenSync(resources: OpenResources): Restore {
  const original = fs.openSync as (...args: unknown[]) => number;
  const wrapper = function openSync(this: unknown, ...args: unknown[]): number {
    const fd = original.apply(this, args);
    noting(() => resources.addFile(fd, resources.begin(wrapper as Wrapper)));
    return fd;
  };
  return replace(fs, 'openSync', { original, wrapper });
}

function wrapOpen(resources: OpenResources): Restore {
  const original = fs.open as (...args: unknown[]) => unknown;
  const wrapper = function open(this: unknown, ...args: unknown[]): unknown {
    const last = args.length - 1;
    const callback = args[last];
    if (typeof callback !== 'function') return original.apply(this, args); // throws
    const opening = noting(() => resources.begin(wrapper as Wrapper));
    const tellThen: OpenCallback = function (this: unknown, error, fd) {
      if (!error && fd !== undefined) noting(() => resources.addFile(fd, opening));
      Reflect.apply(callback, this, error ? [error] : [error, fd]);
    };
    return original.apply(this, [...args.slice(0, last), tellThen]);
  };
  return replace(fs, 'open', { original, wrapper });
}

function wrapPromisedOpen(resources: OpenResources): Restore {
  type Handle = fs.promises.FileHandle;
  const original = fs.promises.open as (...args: unknown[]) => Promise<Handle>;
  const wrapper = function open(this: unknown, ...args: unknown[]): Promise<Handle> {
    const opening = noting(() => resources.begin(wrapper as Wrapper));
    // The promise that is told of is the one that is given away: its rejection stays the caller's to handle.
    return original.apply(this, args).then((handle) => {
      noting(() => resources.addFile(handle.fd, opening));
      return handle;
    });
  };
  return replace(fs.promises, 'open', { original, wrapper });
}

function replace(
  owner: object,
  name: string,
  { original, wrapper }: { readonly original: object; readonly wrapper: object },
): Restore {
  dressAs(wrapper, original);
  return replaceProperty(owner, name, wrapper);
}

/** Null where memx fails: the file is open all the same. */
function noting<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
