import type { AllocationProfile, MemoryKind } from './allocation-profile.js';
import { allocatorOf, frameKey } from './allocation-site.js';
import {
  type Estimate,
  type EstimatedStack,
  type StackOwner,
  stacksOf,
  sumEstimates,
} from './profile-builder.js';
import type { FrameOrigin, StackFrame } from './stack-frame.js';

/** What one function (one line, at line precision) allocated itself. */
export interface FunctionTotal extends Estimate {
  /** A function that allocates both has a total of each. */
  readonly memory: MemoryKind;
  readonly frame: StackFrame;
  /** What it called of V8 and of Node that allocated for it, the dearest first: `JSON.parse`, `new Map`, `readFileSync`. */
  readonly builtins: readonly string[];
}

/** What one npm package allocated. Its name is null for the program itself, Node and V8: see `origin`. */
export interface PackageTotal extends Estimate {
  readonly packageName: string | null;
  readonly origin: FrameOrigin;
}

/** Bytes per origin: the program's own code, its packages, Node, V8 on its own account. */
export type OriginTotals = Readonly<Record<FrameOrigin, number>>;

const NOTHING: Estimate = { sizeBytes: 0, count: 0, samples: 0, standardErrorBytes: 0 };

/** The profile without the stacks of other memory. */
export function onlyMemory(profile: AllocationProfile, memory: MemoryKind): AllocationProfile {
  return { ...profile, stacks: profile.stacks.filter((stack) => stack.memory === memory) };
}

/** All bytes of a profile, or of one of its threads. */
export function totalOf(profile: AllocationProfile, threadId?: number): Estimate {
  let total = NOTHING;
  for (const { threadId: id, stack, ...estimate } of stacksOf(profile)) {
    if (threadId === undefined || id === threadId) total = sumEstimates(total, estimate);
  }
  return total;
}

/** The functions that allocate the most, dearest first, each with what its builtins and Node allocate for it. */
export function rankFunctions(profile: AllocationProfile): FunctionTotal[] {
  const builtins = new Map<string, Map<string, number>>();
  const totals = groupStacks(profile, ({ stack, memory, sizeBytes }) => {
    const frame = allocatorOf(stack);
    if (!frame) return null;
    const key = `${memory} ${frameKey(frame)}`;
    const called = stack[stack.indexOf(frame) - 1]?.functionName;
    const bytes = builtins.get(key) ?? new Map<string, number>();
    builtins.set(key, bytes);
    if (called !== undefined && called !== '(anonymous)')
      bytes.set(called, (bytes.get(called) ?? 0) + sizeBytes);
    return { key, of: { frame, memory } };
  });
  return totals.map((total) => ({
    ...total,
    builtins: dearestFirst(builtins.get(`${total.memory} ${frameKey(total.frame)}`)),
  }));
}

function dearestFirst(bytes: ReadonlyMap<string, number> = new Map()): string[] {
  return [...bytes].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).map(([name]) => name);
}

/** Per npm package, and one row each for the program's own code, Node and V8; dearest first. */
export function rankPackages(profile: AllocationProfile): PackageTotal[] {
  return groupStacks(profile, ({ stack }) => {
    const { packageName = null, origin = 'engine' as const } = allocatorOf(stack) ?? {};
    return { key: packageName ?? `\n${origin}`, of: { packageName, origin } };
  });
}

export function totalsByOrigin(profile: AllocationProfile): OriginTotals {
  const totals = { own: 0, dependency: 0, node: 0, engine: 0 };
  for (const { stack, sizeBytes } of stacksOf(profile)) {
    totals[allocatorOf(stack)?.origin ?? 'engine'] += sizeBytes;
  }
  return totals;
}

function groupStacks<Of extends object>(
  profile: AllocationProfile,
  groupOf: (entry: EstimatedStack & StackOwner) => { readonly key: string; readonly of: Of } | null,
): (Of & Estimate)[] {
  const groups = new Map<string, Of & Estimate>();
  for (const entry of stacksOf(profile)) {
    const group = groupOf(entry);
    if (!group) continue;
    const sum = sumEstimates(groups.get(group.key) ?? NOTHING, entry);
    groups.set(group.key, { ...group.of, ...sum });
  }
  return [...groups.values()].sort((a, b) => Math.abs(b.sizeBytes) - Math.abs(a.sizeBytes));
}
