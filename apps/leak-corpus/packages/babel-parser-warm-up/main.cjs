'use strict';
// A linter service: sources of many shapes are parsed and walked; the functions get hot one after the other.
const { setTimeout: sleep } = require('node:timers/promises');
const { parse } = require('@babel/parser');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const shapes = [
  (n) => `class A${n} extends B { #x = ${n}; get x() { return this.#x ?? 0 } static { void 0 } }`,
  (n) => `const f${n} = async ({ a, ...rest }, [b = ${n}]) => { for await (const c of b) yield_(c) };`,
  (n) =>
    `label: for (let i = 0; i < ${n}; i++) { try { if (i % 2) continue label; } catch { break } finally {} }`,
  (n) => `export default { a: /x${n}+/gu, [\`k${n}\`]: tag\`t${n}\`, get b() { return a?.b?.[0] } };`,
  (n) => `switch (n${n}) { case 1: case ${n}: { throw new Error('no') } default: debugger }`,
];

(async () => {
  let n = 0;
  let nodes = 0;
  while (Date.now() < END) {
    const source = Array.from({ length: 6 }, (_, i) => shapes[(n + (i > 3 ? 1 : 0)) % 5](n * 6 + i))
      .filter((text) => !text.startsWith('export'))
      .join('\n');
    nodes += parse(source, { sourceType: 'module', errorRecovery: true }).program.body.length;
    n++;
    await sleep(6);
  }
  console.log(`ops=${n} nodes=${nodes}`);
})();
