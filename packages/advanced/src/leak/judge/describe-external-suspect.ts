import { formatBytes } from '@memx/core';
import type { StackFrame } from '../../allocation/stack-frame.js';
import type { Confidence, LeakSuspect, SuspectSite } from '../leak-report.js';
import { compareText } from './compare-text.js';
import { fingerprintOf } from './fingerprint.js';
import type { FloorGrowth } from './judge-floor.js';
import type { JudgedSite } from './judge-sites.js';
import { nameFunction } from './name-function.js';
import { listSuspectSites, mostTelling } from './suspect-sites.js';

interface ExternalFindings {
  readonly thread: number;
  readonly confidence: Confidence;
  readonly growth: FloorGrowth;
  /** The growth is Node's own count, not memx's estimate. */
  readonly isCounted: boolean;
  readonly sites: readonly JudgedSite[];
}

const UNKNOWN = 'ArrayBuffer (external)';

/** Memory outside V8's heap that grows, and who made what is held. */
export function describeExternalSuspect(findings: ExternalFindings): LeakSuspect {
  const { thread, confidence, growth, sites } = findings;
  const telling = mostTelling(sites);
  const listed = listSuspectSites(sites);
  const type = heldType(telling);
  return {
    thread,
    memory: 'external',
    pattern: null,
    confidence,
    type,
    growthBytesPerSecond: growth.bytesPerSecond,
    growthInstancesPerSecond: null,
    types: [],
    sites: listed,
    path: null,
    carries: null,
    fingerprint: fingerprintOf(type, telling[0]?.site.allocator),
    recommendation: recommendExternal(type, listed),
    evidence: [growthSentence(findings), ...siteSentences(telling, findings)],
  };
}

/** What was called to get most of what is held: a constructor, or a function of `Buffer`. */
function heldType(sites: readonly JudgedSite[]): string {
  const bytes = new Map<string, number>();
  for (const { site } of sites) {
    for (const { frames, sizeBytes } of site.stacks) {
      const type = frames[0] ? typeMadeBy(frames[0]) : UNKNOWN;
      bytes.set(type, (bytes.get(type) ?? 0) + sizeBytes);
    }
  }
  return [...bytes].sort(([a, x], [b, y]) => y - x || compareText(a, b))[0]?.[0] ?? UNKNOWN;
}

/** `new Uint8Array`, `Buffer.from`, `ArrayBuffer.resize`, `WebAssembly.Memory`: as the sampler names the callee. */
function typeMadeBy({ functionName, filename }: StackFrame): string {
  if (filename !== '') return UNKNOWN;
  if (functionName.startsWith('new ')) return functionName.slice('new '.length);
  if (functionName.startsWith('WebAssembly.')) return functionName;
  return functionName.split('.')[0] || UNKNOWN;
}

function recommendExternal(type: string, sites: readonly SuspectSite[]): string {
  const site = sites.find(({ origin }) => origin === 'own') ?? sites[0];
  if (type === 'WebAssembly.Memory') {
    const where = site ? ` It was found grown in ${nameFunction(site)}.` : '';
    return `Memory of WebAssembly grows, and never shrinks: what is allocated in it must be freed by hand.${where} Look for a free(), destroy() or delete() that is never called.`;
  }
  if (site) {
    return `Buffers that ${nameFunction(site)} makes are kept. Give what holds them a bound, or copy the part that is needed: a slice of a Buffer keeps all of it.`;
  }
  return 'Memory outside the JavaScript heap grows: array buffers, WebAssembly memory or native objects. Look for buffers that are kept, and for a close(), destroy() or free() that is never called.';
}

function growthSentence({ growth, isCounted }: ExternalFindings): string {
  const grown = formatBytes(growth.grownBytes);
  return isCounted
    ? `External memory rose by ${grown} after full collections, in the second half of the watch as in the first.`
    : `Buffers that Node does not count as external memory rose by about ${grown}, in the second half of the watch as in the first.`;
}

const MAX_SITE_SENTENCES = 3;

function siteSentences(sites: readonly JudgedSite[], { isCounted }: ExternalFindings): string[] {
  const leaking = sites.filter(({ verdict }) => verdict.kind === 'leak');
  if (leaking.length === 0 && isCounted) {
    return ['No function was seen to make what stays: it may be made by native code.'];
  }
  return leaking.slice(0, MAX_SITE_SENTENCES).map(({ site, keptBytes }) => {
    const births = site.survivors.slice(1).filter((count) => count > 0).length;
    return `Of what ${nameFunction(site.allocator)} made in ${births} of ${site.survivors.length - 1} rounds, about ${formatBytes(keptBytes)} is alive.`;
  });
}
