/** render-commonmark.mjs <marked | markdown-it>: every example of the CommonMark specification, and what becomes of it. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const requireHere = createRequire(join(process.cwd(), 'package.json'));
const name = process.argv[2];
const library = await import(pathToFileURL(requireHere.resolve(name)));
const { tests } = requireHere('commonmark-spec');
const render = name === 'marked' ? library.marked : (text) => library.default('commonmark').render(text);

for (const { number, section, markdown, html } of tests) {
  const source = markdown.replaceAll('→', '\t');
  const rendered = render(source);
  const digest = createHash('sha256').update(rendered).digest('hex').slice(0, 16);
  console.log(
    `${rendered === html.replaceAll('→', '\t') ? 'ok' : 'not ok'} ${number} ${section} ${number} ${digest}`,
  );
}
