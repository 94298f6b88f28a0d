import { basename, join } from 'node:path';
import { functionAround, functionsBeginningOn } from './function-around.mjs';
import { generalTypes, namesAny } from './names.mjs';

/** Who reads a report reads its first two suspects. */
const SUSPECTS_READ = 2;

/**
 * What a check said of a labelled program, and whether it is right.
 *
 * @param {import('../read-cases.mjs').LabelledCase} labelled
 * @param {{ exitCode: number | null, document: any }} checked
 */
export function scoreCheck(labelled, { exitCode, document }) {
  const suspects = (document?.suspects ?? []).slice(0, SUSPECTS_READ);
  const sites = suspects.flatMap((suspect) => suspect.sites);
  const own = [...sites, ...suspects.flatMap(({ carries }) => carries ?? [])];
  const paths = suspects.flatMap(({ path }) => (path === null ? [] : [path]));
  const reported = suspects.some(({ confidence }) => confidence !== 'low');
  return {
    name: labelled.name,
    kind: labelled.kind,
    group: labelled.group,
    mechanism: labelled.mechanism,
    judgedOn: labelled.judgedOn,
    node: document?.node ?? null,
    exitCode,
    outcome: document?.outcome ?? 'no result',
    reported,
    right: document !== null && reported === (labelled.kind === 'leak'),
    confidence: suspects[0]?.confidence ?? null,
    type: suspects[0]?.type ?? null,
    site: suspects[0]?.sites[0] ?? null,
    path: suspects[0]?.path ?? null,
    siteRight: sites.some((site) => isAcceptedSite(labelled, site)),
    ownLine: own.some((place) => isDriverLine(labelled, place)),
    ownFunction: own.some((place) => isDriverFunction(labelled, place)),
    typeRight: suspects.some(({ type }) => namesAny(type, labelled.acceptTypes)),
    specificTypeRight: suspects.some(({ type }) => namesAny(type, specificTypes(labelled))),
    pathGiven: paths.length > 0,
    pathRight: paths.some((path) => isHoldingPath(labelled, path)),
    growthBytesPerSecond: document?.heap
      ? Math.max(0, document.heap.heapBytesPerSecond) + Math.max(0, document.heap.externalBytesPerSecond)
      : null,
    detectedAtMs: document?.detectedAtMs ?? null,
    pausesMs: document?.pauses?.totalMs ?? null,
    longestPauseMs: document?.pauses?.longestMs ?? null,
  };
}

function isAcceptedSite({ acceptSites }, { filename, functionName }) {
  return acceptSites.some((accepted) =>
    /[/.:]/.test(accepted) ? filename.includes(accepted) : namesAny(functionName, [accepted]),
  );
}

const isFile = ({ filename }, file) => basename(filename.split('?')[0]) === basename(file);

const isDriverLine = ({ driverLines }, site) =>
  driverLines.some(({ file, line }) => isFile(site, file) && site.line === line);

function isDriverFunction({ folder, driverLines }, site) {
  return driverLines.some(({ file, line }) => {
    if (!isFile(site, file)) return false;
    const path = join(folder, file);
    const around = functionAround(path, site);
    return around === functionAround(path, { line }) || functionsBeginningOn(path, line).includes(around);
  });
}

/** The types that only this leak has; where it is made of what everything is made of, all that are accepted. */
function specificTypes({ acceptTypes, leakingType }) {
  // A program that says its leak IS strings is right with strings.
  if (leakingType.length > 0 && leakingType.every((type) => generalTypes.has(type))) return acceptTypes;
  const specific = acceptTypes.filter((type) => !generalTypes.has(type));
  return specific.length > 0 ? specific : acceptTypes;
}

function isHoldingPath({ holder, acceptSites, ...labelled }, path) {
  const text = path.join(' ');
  if (holder.length > 0) return namesAny(text, holder);
  const { package: library } = labelled;
  if (library !== null && text.includes(library)) return true;
  return namesAny(text, specificTypes(labelled)) || acceptSites.some((site) => text.includes(site));
}
