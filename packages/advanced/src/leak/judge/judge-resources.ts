import { frameKey } from '../../allocation/allocation-site.js';
import type { OpenedBy } from '../../resources/opened-resource.js';
import type { ThreadEvidence } from '../evidence.js';
import { compareText } from './compare-text.js';
import { judgeRise, type Rise } from './judge-rise.js';
import { RESOURCE_KINDS, type ResourceKind } from './resource-kinds.js';

/** A kind of resource of which there are more and more. */
export interface ResourceRise {
  readonly kind: ResourceKind;
  readonly rise: Rise;
  /** Who opened what is open, most first; of those that were opened after the start. */
  readonly openings: readonly OpenedBy[];
}

function byCount(a: OpenedBy, b: OpenedBy): number {
  return b.count - a.count || compareText(a.frames.map(frameKey).join(), b.frames.map(frameKey).join());
}

/** Kinds that rose steadily through the whole watch; most first. */
export function judgeResources({
  rounds,
  openings,
}: Pick<ThreadEvidence, 'rounds' | 'openings'>): ResourceRise[] {
  const timesMs = rounds.map(({ timeMs }) => timeMs);
  return RESOURCE_KINDS.flatMap((kind) => {
    const name = kind.counts.find((count) => rounds.some(({ resources }) => resources[count] !== undefined));
    if (name === undefined) return [];
    const values = rounds.map(({ resources }) => resources[name] ?? 0);
    const rise = judgeRise({ timesMs, values }, kind.leastMore);
    if (!rise) return [];
    const own = openings.filter((opening) => opening.kind === kind.type);
    return { kind, rise, openings: own.sort(byCount) };
  }).sort((a, b) => b.rise.grown - a.rise.grown);
}
