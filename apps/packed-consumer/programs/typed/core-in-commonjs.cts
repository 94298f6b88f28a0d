import core = require('@memx/core');

const add = core.trackMemory((a: number, b: number) => a + b);
export const sum: number = add(1, 2).result;
// @ts-expect-error the result is a number: the types have arrived, and are not `any`
export const text: string = add(1, 2).result;
