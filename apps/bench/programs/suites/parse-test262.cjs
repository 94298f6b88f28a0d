/** Parses every program of test262-parser-tests with acorn: what it accepts, and the whole tree that it makes. */
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const { parse } = createRequire(join(process.cwd(), 'package.json'))('acorn');
const SUITE = 'node_modules/test262-parser-tests';

for (const kind of ['pass', 'pass-explicit', 'fail', 'early']) {
  for (const name of readdirSync(join(SUITE, kind))) {
    const code = readFileSync(join(SUITE, kind, name), 'utf8');
    const outcome = parseWhole(code, name.endsWith('.module.js') ? 'module' : 'script');
    const isRight = kind.startsWith('pass') === outcome.startsWith('tree');
    console.log(`${isRight ? 'ok' : 'not ok'} 1 ${kind}/${name} ${outcome}`);
  }
}

function parseWhole(code, sourceType) {
  try {
    const tokens = [];
    const tree = parse(code, { ecmaVersion: 'latest', sourceType, locations: true, onToken: tokens });
    const text = JSON.stringify([tree, tokens], (_, value) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
    return `tree ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  } catch (error) {
    return `${error.name} ${error.message}`;
  }
}
