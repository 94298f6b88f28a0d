import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderExcerpt } from '../../src/render/source-excerpt.js';

describe('renderExcerpt', () => {
  it('shows the character at the column, and never more than the width', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ \t]{0,9}[a-z(]{1,200}$/),
        fc.nat(),
        fc.integer({ min: 20, max: 90 }),
        (line, at, width) => {
          const indentation = line.length - line.trimStart().length;
          const index = indentation + (at % (line.length - indentation));
          const marked = `${line.slice(0, index)}#${line.slice(index + 1)}`;
          const excerpt = renderExcerpt(marked, { column: index + 1, width });
          expect(excerpt.length).toBeLessThanOrEqual(width);
          expect(excerpt).toContain('#');
        },
      ),
    );
  });

  it('keeps a line that fits, without its indentation and control characters', () => {
    expect(renderExcerpt('\t  keep(\u001b[2m"a");  ', { column: 4, width: 40 })).toBe('keep( [2m"a");');
  });
});
