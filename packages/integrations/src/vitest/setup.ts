import { beforeEach, inject } from 'vitest';
import { TestMeter } from './test-meter.js';

const meter = new TestMeter(inject('memx'));

// A setup file's hook is the first to run, and what it returns runs after every afterEach.
beforeEach(({ task }) => {
  const measurement = meter.begin();
  return () => {
    Object.assign(task.meta, { memx: measurement.end() });
  };
});
