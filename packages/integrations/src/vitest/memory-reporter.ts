import { relative } from 'node:path';
import type { Reporter, TestCase, Vitest } from 'vitest/node';
import { DearestTests } from './dearest-tests.js';
import { renderMemoryTable } from './memory-table.js';
import { readTestMemory } from './test-memory.js';

/** Reporters whose output on stdout is read by programs. */
const MACHINE_READ = new Set(['json', 'junit', 'tap', 'tap-flat', 'blob']);

/** Names the dearest tests at the end of each run, from what the setup file left in their `meta`. */
export class MemoryReporter implements Reporter {
  private readonly dearest: DearestTests;
  private vitest: Vitest | undefined;

  /** @param top how many tests to name */
  constructor(top: number) {
    this.dearest = new DearestTests(top);
  }

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunStart(): void {
    this.dearest.clear();
  }

  onTestCaseResult(test: TestCase): void {
    const memory = readTestMemory(test.meta());
    if (memory === undefined) return;
    const file = relative(this.vitest?.config.root ?? '', test.module.moduleId);
    this.dearest.add({ name: `${file} > ${test.fullName}`, memory });
  }

  onTestRunEnd(): void {
    const tests = this.dearest.list();
    if (tests.length === 0 || this.vitest === undefined) return;
    const { logger, config } = this.vitest;
    const write = config.reporters.some(isForPeople) ? logger.log : logger.error;
    write.call(logger, renderMemoryTable(tests, this.dearest.seen));
  }
}

function isForPeople(reporter: Vitest['config']['reporters'][number]): boolean {
  if (reporter instanceof MemoryReporter) return false;
  const name = Array.isArray(reporter) ? reporter[0] : reporter;
  return typeof name !== 'string' || !MACHINE_READ.has(name);
}
