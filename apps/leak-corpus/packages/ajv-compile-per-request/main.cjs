'use strict';
// A form service checks what is sent in against the schema of its tenant, which comes as JSON with each request.
const { setTimeout: sleep } = require('node:timers/promises');
const Ajv = require('ajv');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const ajv = new Ajv({ allErrors: true });

function readSchema(tenant) {
  const text = JSON.stringify({
    type: 'object',
    required: ['name', 'age'],
    properties: {
      name: { type: 'string', maxLength: 20 + tenant },
      age: { type: 'integer', minimum: tenant },
    },
  });
  return JSON.parse(text);
}

function check(tenant, form) {
  const validate = ajv.compile(readSchema(tenant));
  return validate(form);
}

(async () => {
  let n = 0;
  let good = 0;
  while (Date.now() < END) {
    const tenant = n++ % 12;
    if (check(tenant, { name: `Ada ${n}`, age: n % 90 })) good++;
    await sleep(25);
  }
  console.log(`ops=${n} good=${good}`);
})();
