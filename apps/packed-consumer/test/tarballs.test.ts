import { expect, inject, test } from 'vitest';
import { readPackedManifest } from '../src/packed-manifest.js';

const workshop = inject('workshop');
const { tarballs } = workshop;

test('the four published packages are packed', () => {
  expect(tarballs.map(({ name }) => name).sort()).toEqual([
    '@memx/advanced',
    '@memx/core',
    '@memx/integrations',
    'memx',
  ]);
});

test.each(tarballs)('$name holds what it needs and nothing else', ({ name, files }) => {
  const paths = files.map(({ path }) => path);
  const allowed = name === 'memx' ? /^bin\// : /^(dist|bin)\//;
  expect(paths.filter((path) => path.includes('/') && !allowed.test(path))).toEqual([]);
  expect(paths.filter((path) => !path.includes('/')).sort()).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
  ]);
});

test.each(tarballs)('$name asks for versions that npm understands', async ({ name }) => {
  const { dependencies = {} } = await readPackedManifest(workshop, name);
  expect(
    Object.values(dependencies).filter((range) => /^(workspace|catalog|link|file):/.test(range)),
  ).toEqual([]);
});

test.each([
  ['@memx/advanced', ['@memx/core']],
  ['@memx/integrations', ['@memx/advanced', '@memx/core']],
  ['memx', ['@memx/integrations']],
])('%s asks for the layers below it at its own version', async (name, below) => {
  const { version, dependencies = {} } = await readPackedManifest(workshop, name);
  const own = Object.entries(dependencies).filter(([dependency]) => dependency.startsWith('@memx/'));
  expect(own).toEqual(below.map((layer) => [layer, `^${version}`]));
});

test('core asks for nothing', async () => {
  expect(await readPackedManifest(workshop, '@memx/core')).not.toHaveProperty('dependencies');
});
