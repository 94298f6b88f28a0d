#!/usr/bin/env node
/** Of what was called high, medium or low, how many are leaks: from files that run-corpus.mjs wrote with -o. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { calibrate, renderCalibration } from '../src/scores/calibrate.mjs';

const { args } = new Command('calibrate').argument('<files...>', 'score files').parse();
const files = args.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const scores = files.flatMap((file) => file.scores);
console.log(renderCalibration(calibrate(scores)));
const nodes = [...new Set(scores.map(({ node }) => node).filter(Boolean))].join(', ');
console.log(`\n${scores.length} checks in ${files.length} file(s), Node ${nodes}.`);
