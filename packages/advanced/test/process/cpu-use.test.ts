import { describe, expect, it } from 'vitest';
import { measureCpuUse } from '../../src/process/cpu-use.js';

const moment = (uptimeMs: number, userMs: number, systemMs: number) => ({
  uptimeMs,
  cpu: { userMs, systemMs },
});

describe('measureCpuUse', () => {
  it('says per cent of one core, since the start and since the last snapshot', () => {
    expect(measureCpuUse(moment(1000, 300, 100), moment(800, 70, 30))).toEqual({
      userMs: 300,
      systemMs: 100,
      percentSinceStart: 40,
      percentSinceLast: 150,
    });
  });

  it('says null when there is no last snapshot, or no time between', () => {
    const now = moment(1000, 300, 100);
    expect(measureCpuUse(now, undefined).percentSinceLast).toBeNull();
    expect(measureCpuUse(now, now).percentSinceLast).toBeNull();
  });
});
