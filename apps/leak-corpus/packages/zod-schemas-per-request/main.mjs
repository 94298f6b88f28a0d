// Each request builds the schema of its form and checks with it.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function checkForm(fields, form) {
  const shape = Object.fromEntries(
    fields.map((field, i) => [field, i % 2 ? z.number().int().min(i) : z.string().max(40)]),
  );
  return z.object(shape).safeParse(form).success;
}

let n = 0;
let good = 0;
while (Date.now() < END) {
  const fields = [`name${n % 9}`, 'age', `city${n % 4}`, 'zip'];
  if (checkForm(fields, { [fields[0]]: `Ada ${n}`, age: n % 90, [fields[2]]: 'Bonn', zip: n })) good++;
  n++;
  await sleep(5);
}
console.log(`ops=${n} good=${good}`);
