import { expect, test } from 'vitest';
import { frameAt } from '../../src/allocation/stack-frame.js';
import { instrumentSource } from '../../src/lines/instrument-source.js';
import { InstrumentedFiles } from '../../src/lines/instrumented-files.js';
import { LineResolver } from '../../src/lines/resolve-line-frames.js';

const CODE = `class Shelf {
  list(x) { return [x]; }
}
const make = (x) => ({ x });
function main(x) { return make(x); }
`;
const filename = '/app/shelf.cjs';

function openFile({ resistsInlining }: { resistsInlining: boolean }) {
  const source = { filename, code: CODE, kind: 'commonjs', resistsInlining } as const;
  const files = new InstrumentedFiles();
  files.add(source);
  const lines = instrumentSource(CODE, source).code.split('\n');
  /** The frame of the function that starts with this text in a line of the instrumented file. */
  const frame = (functionName: string, line: number, start: RegExp) =>
    frameAt({ functionName, filename, line, column: (lines[line - 1]?.search(start) ?? -1) + 1 });
  const resolver = new LineResolver(files);
  const resolve = (stack: ReturnType<typeof frameAt>[]) =>
    resolver.resolve(stack)?.map(({ functionName, line, column }) => `${functionName} ${line}:${column}`);
  return { frame, resolve };
}

const STRANGER = frameAt({ functionName: 'run', filename: '/app/other.cjs', line: 7, column: 3 });

test('a function that V8 inlined into another file is put back by its name in the text', () => {
  const { frame, resolve } = openFile({ resistsInlining: true });
  expect(resolve([frame('$m_1', 4, /\(x,\$m_n\)=>/), STRANGER])).toEqual(['make 4:22', 'run 7:3']);
  expect(resolve([frame('$m_0', 2, /\(x,\$m_n\)=>/), STRANGER])).toEqual(['list 2:20', 'run 7:3']);
});

test('a function that V8 inlined into one of its file is put back, at the call that led to it', () => {
  const { frame, resolve } = openFile({ resistsInlining: true });
  const [object, call] = [frame('$m_1', 4, /\(x,\$m_n\)=>/), frame('$m_2', 5, /\(x,\$m_n\)=>/)];
  const main = frame('main', 5, /\(x\) \{/);
  expect(resolve([object, call, main, STRANGER])).toEqual(['make 4:22', 'main 5:27', 'run 7:3']);
  const make = frame('make', 4, /\(x\) =>/);
  expect(resolve([object, make, call, main])).toEqual(['make 4:22', 'main 5:27']);
});

test('where nothing is inlined, the frame around an expression names its function', () => {
  const { frame, resolve } = openFile({ resistsInlining: false });
  const renamed = frame('renamed', 4, /\(x\) =>/);
  expect(resolve([frame('$m_1', 4, /\(x\)=>\(/), renamed, STRANGER])).toEqual(['renamed 4:22', 'run 7:3']);
});
