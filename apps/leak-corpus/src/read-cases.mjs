import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} LabelledCase
 * @property {string} name
 * @property {'leak' | 'healthy'} kind
 * @property {string} folder
 * @property {string} script the program, relative to the folder
 * @property {readonly string[]} acceptSites part of a file's or function's name that names the right place
 * @property {readonly string[]} acceptTypes
 */

/**
 * A folder of labelled programs: each has a `case.json` and a `main.mjs` or `main.cjs` that runs for
 * MEMX_CASE_SECONDS and ends by itself.
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
  const script = ['main.mjs', 'main.cjs', 'main.ts'].find((file) => existsSync(join(folder, file)));
  if (script === undefined || !['leak', 'healthy'].includes(label.kind)) {
    throw new Error(`${folder} is no labelled program: it needs a main file and a case.json with a kind.`);
  }
  const { kind, acceptSites = [], acceptTypes = [] } = label;
  return { name, kind, folder, script, acceptSites, acceptTypes };
}
