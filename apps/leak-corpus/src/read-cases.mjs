import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAINS = ['main.mjs', 'main.cjs', 'main.js', 'main.ts'];

/**
 * @typedef {object} LabelledCase
 * @property {string} name
 * @property {'leak' | 'healthy'} kind
 * @property {string} group of mechanisms
 * @property {string} mechanism
 * @property {string} folder
 * @property {string} script the program, relative to the folder
 * @property {'heap' | 'external' | 'rss' | 'worker'} judgedOn the account that grows in a leak
 * @property {string | null} nodeMajor a leak of Node itself is in this version of it alone
 * @property {string | null} package the library that holds what leaks
 * @property {readonly string[]} acceptSites a function's name, or part of a file's, that names the right place
 * @property {readonly string[]} acceptTypes
 * @property {readonly string[]} leakingType
 * @property {readonly { file: string, line: number, text: string }[]} driverLines the program's own lines that leak
 * @property {readonly string[]} holder names that a retaining path goes through
 * @property {boolean} oscillates a healthy program that swings is judged on its peaks and its floor
 * @property {number | null} boundKibPerSecond what a healthy program may still grow by in its last third, where it is not the usual
 */

/**
 * A folder of labelled programs: each has a `case.json` and a main file that runs for MEMX_CASE_SECONDS and ends by
 * itself.
 *
 * @param {string} folder
 * @returns {LabelledCase[]} by name
 */
export function readCases(folder) {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'case.json')))
    .sort()
    .map((name) => readCase(join(folder, name), name));
}

function readCase(folder, name) {
  const label = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const script = MAINS.find((file) => existsSync(join(folder, file)));
  if (script === undefined || !['leak', 'healthy'].includes(label.kind)) {
    throw new Error(`${folder} is no labelled program: it needs a main file and a case.json with a kind.`);
  }
  return {
    name,
    kind: label.kind,
    group: label.group ?? 'not grouped',
    mechanism: label.mechanism ?? '',
    folder,
    script,
    judgedOn: label.judgedOn ?? (label.metric === 'rss' ? 'rss' : 'heap'),
    nodeMajor: /^node (\d+)$/.exec(label.version ?? '')?.[1] ?? null,
    package: /^@?[\w./-]+/.exec(label.package ?? '')?.[0] ?? null,
    acceptSites: label.acceptSites ?? [],
    acceptTypes: label.acceptTypes ?? [],
    leakingType: label.leakingType ?? [],
    driverLines: (label.driverLines ?? []).map(({ file = script, line, text }) => ({ file, line, text })),
    holder: label.holder ?? [],
    oscillates: label.oscillates ?? false,
    boundKibPerSecond: label.boundKibPerSecond ?? null,
  };
}
