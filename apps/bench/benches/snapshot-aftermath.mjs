/**
 * What a heap snapshot costs the program after it has been taken: V8 goes on to look up each object that a collection moves, to know
 * its id in the next snapshot, until an inspector session is closed. `--rounds 5`.
 */
import { parseArgs } from 'node:util';
import { median, middleHalf } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { readCount } from '../src/options.mjs';
import { printFigure } from '../src/print.mjs';

const MOMENTS = {
  afterMemx: 'after takeSnapshot of memx',
  afterNode: 'after v8.writeHeapSnapshot',
  afterSession: 'after that, and an inspector session that was closed',
};

export async function bench(commandLine) {
  const options = { rounds: { type: 'string', default: '5' } };
  const { values } = parseArgs({ args: [...commandLine], options });
  const rounds = [];
  for (let round = readCount('rounds', values.rounds); round > 0; round--)
    rounds.push(await measureInChild('snapshot-aftermath.mjs'));
  printFigure('1,000 requests before', `${median(rounds.map(({ before }) => before)).toFixed(0)} ms of CPU`);
  for (const [moment, label] of Object.entries(MOMENTS)) {
    const ratios = rounds.map((round) => round[moment] / round.before);
    const [low, high] = middleHalf(ratios).map((ratio) => ratio.toFixed(2));
    printFigure(label, `${median(ratios).toFixed(2)} × (middle half ${low} … ${high})`);
  }
}
