/**
 * Test suites that can be had from npm: those that packages publish with themselves, and those that are packages of
 * their own. Versions are pinned, and of what a suite needs, too.
 *
 * @typedef {object} NpmSuite
 * @property {string} package whose code is instrumented
 * @property {string} version
 * @property {string} suite whose tests run, as a reader knows them
 * @property {Record<string, string>} [needs] what the tests need besides
 * @property {[from: string, to: string]} [copy] a folder to copy out of node_modules, for runners that pass over it
 * @property {string[]} command for node, in the folder where all is installed; `*` and `**` in file names are globs,
 *   `program:` names a file of ../../programs/suites
 */

const TAPE = { tape: '5.10.2' };
const MOCHA = { mocha: '11.7.6' };
const CHAI = { chai: '4.5.0' };
const APLUS = { 'promises-aplus-tests': '2.1.2' };
const COMMONMARK = { 'commonmark-spec': '0.31.2' };

const mocha = (...files) => [
  'node_modules/mocha/bin/mocha.js',
  '--reporter',
  'tap',
  '--timeout',
  '60000',
  '--exit',
  ...files,
];
const tape = (...files) => ['program:run-files.cjs', ...files];
const aPlus = (name) => ['program:promises-a-plus.cjs', name];

/** @type {readonly NpmSuite[]} */
export const NPM_SUITES = [
  {
    package: 'acorn',
    version: '8.15.0',
    suite: 'test262-parser-tests',
    needs: { 'test262-parser-tests': '0.0.5' },
    command: ['program:parse-test262.cjs'],
  },
  {
    package: 'zod',
    version: '4.6.7',
    suite: 'its own (v4 classic)',
    // In one process: instrumented anew for each of 88 files, it takes minutes. What sets a locale would change the rest.
    needs: { vitest: '4.1.12' },
    copy: ['node_modules/zod/src', 'zod-src'],
    command: [
      'node_modules/vitest/vitest.mjs',
      ...['run', '--reporter=tap-flat', '--pool=forks', '--maxWorkers=1', '--no-isolate', '--no-cache'],
      ...['**/*locale*', '**/global-config*', '**/jitless*'].flatMap((files) => [`--exclude=${files}`]),
      ...['zod-src/v4/classic/tests'],
    ],
  },
  {
    package: 'qs',
    version: '6.17.1',
    suite: 'its own',
    needs: {
      ...TAPE,
      'es-value-fixtures': '1.7.1',
      'for-each': '0.3.5',
      'has-bigints': '1.1.0',
      'has-override-mistake': '1.0.1',
      'has-property-descriptors': '1.0.2',
      'has-proto': '1.2.0',
      'has-symbols': '1.1.0',
      'iconv-lite': '0.5.2',
      'mock-property': '1.1.2',
      'object-inspect': '1.13.4',
      'qs-iconv': '1.0.4',
      'safer-buffer': '2.1.2',
    },
    command: tape('node_modules/qs/test/*.js'),
  },
  {
    package: 'semver',
    version: '4.3.6',
    suite: 'its own',
    needs: { tap: '0.4.13' },
    command: tape('node_modules/semver/test/*.js'),
  },
  {
    package: 'bluebird',
    version: '3.7.2',
    suite: 'promises-aplus-tests',
    needs: APLUS,
    command: aPlus('bluebird'),
  },
  { package: 'when', version: '3.7.8', suite: 'promises-aplus-tests', needs: APLUS, command: aPlus('when') },
  {
    package: 'marked',
    version: '18.2.1',
    suite: 'commonmark-spec',
    needs: COMMONMARK,
    command: ['program:render-commonmark.mjs', 'marked'],
  },
  {
    package: 'markdown-it',
    version: '14.1.0',
    suite: 'commonmark-spec',
    needs: COMMONMARK,
    command: ['program:render-commonmark.mjs', 'markdown-it'],
  },
  {
    package: 'ajv',
    version: '6.12.6',
    suite: 'json-schema-test-suite',
    needs: { 'json-schema-test-suite': '0.0.10' },
    command: ['program:validate-json-schema.cjs'],
  },
  {
    package: 'abstract-level',
    version: '3.1.1',
    suite: 'its own',
    needs: { ...TAPE, 'memory-level': '3.1.0' },
    command: ['program:abstract-level.cjs'],
  },
  {
    package: 'papaparse',
    version: '5.7.1',
    suite: 'its own',
    needs: { ...MOCHA, ...CHAI },
    command: mocha(
      'node_modules/papaparse/tests/node-tests.js',
      'node_modules/papaparse/tests/test-cases.js',
    ),
  },
  {
    package: 'numeral',
    version: '2.0.6',
    suite: 'its own',
    needs: { ...MOCHA, ...CHAI },
    command: mocha('node_modules/numeral/tests/**/*.js'),
  },
  {
    package: 'minimist',
    version: '1.2.8',
    suite: 'its own',
    needs: TAPE,
    command: tape('node_modules/minimist/test/*.js'),
  },
  {
    package: 'hash.js',
    version: '1.1.7',
    suite: 'its own',
    needs: MOCHA,
    command: mocha('node_modules/hash.js/test/*.js'),
  },
];
