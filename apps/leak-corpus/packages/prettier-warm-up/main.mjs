// A formatting service: a large library that gets hot, function by function, and drops all it makes.
import { setTimeout as sleep } from 'node:timers/promises';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as prettier from 'prettier/standalone';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const sources = [
  (n) => `const a${n}={b:[1,2,${n}],c(){return this.b.map(x=>x*2).filter(Boolean)}}`,
  (n) => `class K${n} extends L{#m=${n};async *n(){for await(const o of p)yield o?.q??r}}`,
  (n) => `switch(s${n}){case 1:{throw new Error("t")}default:while(u)v();label:do{w++}while(x<${n})}`,
];

let n = 0;
let characters = 0;
while (Date.now() < END) {
  const text = await prettier.format(sources[n % 3](n), { parser: 'babel', plugins: [babel, estree] });
  characters += text.length;
  n++;
  await sleep(15);
}
console.log(`ops=${n} characters=${characters}`);
