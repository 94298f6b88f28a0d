import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCases } from '../src/read-cases.mjs';

const PROGRAMS = fileURLToPath(new URL('../programs', import.meta.url));
const cases = readCases(PROGRAMS);
const labelOf = (name: string) => JSON.parse(readFileSync(join(PROGRAMS, name, 'case.json'), 'utf8'));

describe('the labelled programs', () => {
  it('are at least seventy, and at least two in five are healthy', () => {
    const healthy = cases.filter(({ kind }) => kind === 'healthy').length;
    expect(cases.length).toBeGreaterThanOrEqual(70);
    expect(healthy / cases.length).toBeGreaterThan(0.4);
  });

  it.each(cases.filter(({ kind }) => kind === 'leak'))(
    '$name: every driver line is the line it names',
    ({ folder, driverLines }) => {
      expect(driverLines.length).toBeGreaterThan(0);
      for (const { file, line, text } of driverLines) {
        expect(readFileSync(join(folder, file), 'utf8').split('\n')[line - 1]?.trim()).toBe(text);
      }
    },
  );

  it.each(cases.filter(({ kind }) => kind === 'leak'))(
    '$name: a leak says where, what and by whom it is held',
    ({ acceptSites, acceptTypes, holder, leakingType }) => {
      for (const names of [acceptSites, acceptTypes, holder, leakingType]) {
        expect(names.length).toBeGreaterThan(0);
      }
    },
  );

  it.each(cases.filter(({ kind }) => kind === 'healthy'))(
    '$name: a healthy program says why it is bounded',
    ({ name }) => {
      expect(labelOf(name).healthy).toMatch(/\w/);
    },
  );

  it('have a twin that names them back and is of the other kind', () => {
    for (const { name, kind } of cases) {
      const { pair } = labelOf(name);
      if (pair === null) continue;
      const twin = labelOf(pair);
      expect([name, twin.pair]).toEqual([name, name]);
      expect(twin.kind).not.toBe(kind);
    }
  });

  it('use nothing but Node, and chance nowhere', () => {
    for (const { folder, script } of cases) {
      const source = readFileSync(join(folder, script), 'utf8');
      const modules = [...source.matchAll(/(?:from |require\()'([^'.][^']*)'/g)].map(([, module]) => module);
      expect(modules.filter((module) => !module?.startsWith('node:'))).toEqual([]);
      expect(source).not.toMatch(/Math\.random|randomBytes|randomUUID/);
      expect(source).toContain('MEMX_CASE_SECONDS');
    }
  });
});
