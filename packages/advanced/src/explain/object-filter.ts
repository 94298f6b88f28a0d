import { packageOf } from '../allocation/stack-frame.js';
import type { HeapExplainer } from './heap-explainer.js';

/** Which objects to tell of; all that is given must hold. */
export interface ObjectFilter {
  /** The name of a row of classes; `*` stands for any text. */
  readonly type?: string;
  /** V8's id of one object. */
  readonly id?: number;
  /** The npm package that the class, or the function, is of. */
  readonly package?: string;
  /** The least retained size, in bytes. */
  readonly minSizeBytes?: number;
}

/** A predicate over nodes. The cheap questions come first: a package takes a look at where the class stands. */
export function matchObjects(explainer: HeapExplainer, filter: ObjectFilter): (node: number) => boolean {
  const { graph, files } = explainer;
  const { id, type, minSizeBytes, package: packageName } = filter;
  const isType = type === undefined ? null : matchName(type);
  return (node) => {
    if (id !== undefined && graph.idOf(node) !== id) return false;
    if (minSizeBytes !== undefined && graph.retainedSizeBytes(node) < minSizeBytes) return false;
    if (isType !== null && !isType(graph.classNameOf(node))) return false;
    if (packageName === undefined) return true;
    const place = files.ofFunction(node) ?? files.ofClass(node);
    return place !== null && packageOf(place.filename) === packageName;
  };
}

/** Whether a name is the one asked for; `*` stands for any text. */
export function matchName(pattern: string): (name: string) => boolean {
  if (!pattern.includes('*')) return (name) => name === pattern;
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 's');
  return (name) => expression.test(name);
}
