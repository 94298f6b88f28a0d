import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSpeedscope } from '../../src/formats/speedscope.js';
import { arbitraryProfile } from '../allocation/arbitrary-profile.js';

const require = createRequire(import.meta.url);
const schema = require('speedscope/dist/release/file-format-schema.json');

describe('speedscope', () => {
  it("satisfies speedscope's own schema, and adds up", () => {
    const validate = new Ajv({ strict: false }).compile({ ...schema, $ref: '#/definitions/FileFormat.File' });
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => {
        const file = JSON.parse(toSpeedscope(profile));
        validate(file);
        expect(validate.errors).toBeNull();
        const [{ samples, weights, endValue }] = file.profiles;
        expect(samples).toHaveLength(weights.length);
        expect(weights.reduce((sum: number, weight: number) => sum + weight, 0)).toBe(endValue);
        for (const index of samples.flat()) expect(file.shared.frames[index]).toBeDefined();
      }),
    );
  });
});
