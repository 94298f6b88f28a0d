'use strict';
// A playground checks snippets with TypeScript's language service; all share one document registry.
const { setTimeout: sleep } = require('node:timers/promises');
const ts = require('typescript');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const registry = ts.createDocumentRegistry();

function checkSnippet(file, text) {
  const host = {
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (name === file ? ts.ScriptSnapshot.fromString(text) : undefined),
    getCurrentDirectory: () => '/',
    getCompilationSettings: () => ({ noLib: true }),
    getDefaultLibFileName: () => 'lib.d.ts',
    fileExists: (name) => name === file,
    readFile: () => text,
  };
  const service = ts.createLanguageService(host, registry);
  const found = service.getSyntacticDiagnostics(file).length;
  service.dispose();
  return found;
}

(async () => {
  let n = 0;
  let errors = 0;
  while (Date.now() - START < RUN_MS) {
    // Until the morning rush, eight examples are checked over and over.
    const name = Date.now() - START < RUN_MS * 0.3 ? `/example-${n % 8}.ts` : `/snippet-${n}.ts`;
    errors += checkSnippet(
      name,
      `export const x${n % 8}: number = ${n};\nfunction twice(a: number) { return a + a }\n`,
    );
    n++;
    await sleep(40);
  }
  console.log(`ops=${n} errors=${errors}`);
})();
