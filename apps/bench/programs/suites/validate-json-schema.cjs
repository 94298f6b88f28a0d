/** Compiles every schema of the JSON Schema test suite (draft 4) with ajv, and validates every document. */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const requireHere = createRequire(join(process.cwd(), 'package.json'));
const Ajv = requireHere('ajv');
const { draft4 } = requireHere('json-schema-test-suite');

for (const { name, schemas } of draft4()) {
  for (const { description, schema, tests } of schemas) {
    for (const test of tests) {
      const outcome = validate(schema, test.data);
      const isRight = outcome === (test.valid ? 'valid' : 'invalid');
      console.log(`${isRight ? 'ok' : 'not ok'} 1 ${name}: ${description}: ${test.description}: ${outcome}`);
    }
  }
}

function validate(schema, data) {
  try {
    const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true, logger: false });
    ajv.addMetaSchema(requireHere('ajv/lib/refs/json-schema-draft-04.json'));
    const check = ajv.compile(schema);
    return check(data) ? 'valid' : 'invalid';
  } catch (error) {
    return `${error.name} ${error.message}`;
  }
}
