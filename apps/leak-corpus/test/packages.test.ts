import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCases } from '../src/read-cases.mjs';

const PACKAGES = fileURLToPath(new URL('../packages', import.meta.url));
const cases = readCases(PACKAGES);
const readText = (name: string, file: string) => readFileSync(join(PACKAGES, name, file), 'utf8');
const labelOf = (name: string) => JSON.parse(readText(name, 'case.json'));

describe('the labelled programs around published packages', () => {
  it('are at least forty, and at least two in five are healthy', () => {
    const healthy = cases.filter(({ kind }) => kind === 'healthy').length;
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(healthy / cases.length).toBeGreaterThan(0.4);
  });

  it.each(cases.filter(({ kind }) => kind === 'leak'))(
    '$name: a leak says where, what and by whom it is held, and every driver line is the line it names',
    ({ name, acceptSites, acceptTypes, holder, leakingType, driverLines }) => {
      for (const told of [acceptSites, acceptTypes, holder, leakingType, driverLines]) {
        expect(told.length).toBeGreaterThan(0);
      }
      expect(labelOf(name).bytesPerOp).toBeGreaterThan(0);
      for (const { file, line, text } of driverLines) {
        expect(readText(name, file).split('\n')[line - 1]?.trim()).toBe(text);
      }
    },
  );

  it.each(cases)(
    '$name: pins exact versions, one of them that of its label, and says what it rests on',
    ({ name }) => {
      const { package: packageName, version, source } = labelOf(name);
      const { dependencies } = JSON.parse(readText(name, 'package.json'));
      expect(dependencies[packageName]).toBe(version);
      for (const pinned of Object.values(dependencies)) expect(pinned).toMatch(/^\d+\.\d+\.\d+$/);
      expect(source).toMatch(/\w/);
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

  it('use no chance, and run for as long as they are told', () => {
    for (const { name, script } of cases) {
      const source = readText(name, script);
      expect(source).not.toMatch(/Math\.random|randomBytes|randomUUID/);
      expect(source).toContain('MEMX_CASE_SECONDS');
    }
  });
});
