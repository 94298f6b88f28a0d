import { fileURLToPath } from 'node:url';
import { checkNumber, checkOptions, MemxError } from '@memx/core';
import type { VitestPluginContext } from 'vitest/node';
import { MemoryReporter } from './memory-reporter.js';

/** Options of the Vitest plugin. */
export interface MemxVitestOptions {
  /** How many of the dearest tests the summary names; 0 for no summary. Default 10. */
  readonly top?: number;
  /**
   * Force a full collection before and after each test, so that heap and external deltas are what the test keeps
   * alive. Costs two full collections a test: 4–6 ms on a small heap, 200–400 ms at 150 MB. Default false.
   */
  readonly forceGc?: boolean;
}

/** A Vite plugin that Vitest understands. */
export interface MemxVitestPlugin {
  readonly name: string;
  configureVitest(context: VitestPluginContext): void;
}

/**
 * Vitest plugin (3.2, 4 and 5) that measures the memory of each test and names the dearest ones at the end of a run.
 * The numbers are in `task.meta.memx` of every test. Costs about 30 µs per test.
 *
 * A project of `test.projects` has plugins of its own: give it there, or let the project `extends: true`.
 * Tests in a browser are left alone.
 *
 * @example
 * export default defineConfig({ plugins: [memx({ forceGc: true })], test: {} });
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function memx(options: MemxVitestOptions = {}): MemxVitestPlugin {
  const { top, forceGc } = checkMemxVitestOptions(options);
  return {
    name: 'memx',
    configureVitest({ vitest, project }) {
      if (project.config.browser.enabled) return;
      project.provide('memx', { forceGc });
      project.config.setupFiles.unshift(fileURLToPath(new URL('./setup.js', import.meta.url)));
      const { reporters } = vitest.config;
      // Projects share the run, and its reporters.
      if (!reporters.some((reporter) => reporter instanceof MemoryReporter))
        reporters.push(new MemoryReporter(top));
    },
  };
}

function checkMemxVitestOptions(options: MemxVitestOptions): Required<MemxVitestOptions> {
  checkOptions('memx', options, ['top', 'forceGc']);
  const { top = 10, forceGc = false } = options;
  if (typeof forceGc !== 'boolean') {
    throw new MemxError('ERR_MEMX_INVALID_OPTION', {
      what: 'Invalid forceGc',
      value: forceGc,
      remedy: 'Give true or false.',
    });
  }
  return { top: checkNumber('top', top, { min: 0, integer: true }), forceGc };
}
