import { packageOf } from '../allocation/stack-frame.js';
import type { HeapExplainer } from './heap-explainer.js';

/** Bytes that one package, or the program itself, is to answer for. */
export interface PackageBytes {
  readonly origin: 'own' | 'dependency' | 'node' | 'unknown';
  /** Null but for dependencies. */
  readonly packageName: string | null;
  readonly shallowBytes: number;
  readonly count: number;
  /** By file, most bytes first. */
  readonly files: readonly {
    readonly filename: string;
    readonly shallowBytes: number;
    readonly count: number;
  }[];
}

const UNKNOWN = '';

/**
 * All bytes by the file of the code that holds them: an object belongs to the file of its class, a function to its
 * own, a module to its own, and everything else to what dominates it. What no such object dominates is `unknown`: V8's
 * own, and what several files share.
 *
 * Cost: one walk over the tree of dominators, four bytes per node.
 */
export function sumPackages(explainer: HeapExplainer): PackageBytes[] {
  const { graph } = explainer;
  const filenames = [UNKNOWN];
  const numbers = new Map([[UNKNOWN, 0]]);
  const fileOf = new Int32Array(graph.nodeCount);
  const counts: number[] = [0];
  const bytes: number[] = [0];
  const waiting = [graph.root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const own = ownFileOf(explainer, node);
    let number = fileOf[graph.dominatorOf(node)] as number;
    if (own !== null) {
      number = numbers.get(own) ?? filenames.push(own) - 1;
      numbers.set(own, number);
    }
    fileOf[node] = number;
    counts[number] = (counts[number] ?? 0) + 1;
    bytes[number] = (bytes[number] ?? 0) + graph.shallowSizeBytes(node);
    for (const below of graph.dominatedBy(node)) waiting.push(below);
  }
  return sumByPackage(
    filenames.map((filename, index) => ({
      filename,
      count: counts[index] ?? 0,
      shallowBytes: bytes[index] ?? 0,
    })),
  );
}

function ownFileOf({ graph, files }: HeapExplainer, node: number): string | null {
  switch (graph.typeOf(node)) {
    case 'closure':
      return files.ofFunction(node)?.filename ?? null;
    case 'object':
      return files.ofModule(node) ?? files.ofClass(node)?.filename ?? null;
    default:
      return null;
  }
}

type FileBytes = PackageBytes['files'][number];

function sumByPackage(files: readonly FileBytes[]): PackageBytes[] {
  const packages = new Map<string, FileBytes[]>();
  for (const file of files) {
    const { origin, packageName } = originOf(file.filename);
    const key = packageName ?? `(${origin})`;
    packages.set(key, [...(packages.get(key) ?? []), file]);
  }
  return [...packages.values()]
    .map((members) => ({
      ...originOf((members[0] as FileBytes).filename),
      shallowBytes: members.reduce((sum, { shallowBytes }) => sum + shallowBytes, 0),
      count: members.reduce((sum, { count }) => sum + count, 0),
      files: members.sort((a, b) => b.shallowBytes - a.shallowBytes),
    }))
    .sort((a, b) => b.shallowBytes - a.shallowBytes);
}

function originOf(filename: string): Pick<PackageBytes, 'origin' | 'packageName'> {
  if (filename === UNKNOWN) return { origin: 'unknown', packageName: null };
  const packageName = packageOf(filename);
  if (packageName !== null) return { origin: 'dependency', packageName };
  // Scripts of Node have no folder: `node:fs`, and up to Node 26 `internal/…` for those of its start.
  return { origin: /^([/\\]|[A-Za-z]:[/\\]|[a-z]+:\/\/)/.test(filename) ? 'own' : 'node', packageName: null };
}
