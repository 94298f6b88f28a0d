import { describe, expect, inject, test } from 'vitest';
import { compile, compilers } from '../src/compile.js';
import { addProgram, installConsumer, listInstalled, npm, runProgram } from '../src/consumer.js';
import { readPackedManifest } from '../src/packed-manifest.js';

const workshop = inject('workshop');
const own = ['@memx/core', '@memx/advanced', '@memx/integrations'];
const { version, peerDependencies = {} } = await readPackedManifest(workshop, '@memx/integrations');
const peers = Object.keys(peerDependencies);

test('without any framework the CLI and its bin work, and no subpath misses a framework that is not its own', async () => {
  const consumer = await installConsumer(workshop, 'no-peers', { own });
  const installed = await listInstalled(consumer);
  expect(installed.filter((name) => peers.includes(name))).toEqual([]);
  const outcomes = await importSubpaths(consumer);
  expect(outcomes['./cli']).toBe('loads');
  for (const [subpath, outcome] of Object.entries(outcomes)) {
    if (outcome !== 'loads') expect(outcome).toContain(subpath.split('/')[1]);
  }
  expect(await npm('npx', ['--no-install', 'memx', 'version'], consumer.folder)).toBe(`${version}\n`);
});

describe('with the declared peers installed', async () => {
  const consumer = await installConsumer(workshop, 'all-peers', {
    own,
    peers: [...peers, '@types/express', '@types/node'],
  });

  test('each subpath loads', async () => {
    const outcomes = await importSubpaths(consumer);
    expect(outcomes).toEqual(Object.fromEntries(Object.keys(outcomes).map((subpath) => [subpath, 'loads'])));
  });

  test('the Vitest plugin names the dearest tests of a run', async () => {
    for (const file of ['vitest.config.mjs', 'kept.test.mjs']) await addProgram(consumer, `vitest/${file}`);
    const printed = await npm('npx', ['--no-install', 'vitest', 'run'], consumer.folder);
    expect(printed).toMatch(/MiB.*keeps 8 MiB/);
  });

  test.each(compilers)('%s knows the types of the adapters', async (compiler) => {
    await addProgram(consumer, 'typed/adapters.mts');
    // The frameworks' own declarations do not pass every compiler.
    const extra = { skipLibCheck: true, esModuleInterop: true };
    expect(await compile(consumer.folder, compiler, { resolution: 'node16', extra })).toBe('');
  });
});

async function importSubpaths(consumer: { readonly folder: string }) {
  return (await runProgram(consumer, 'subpaths.mjs')) as Record<string, string>;
}
