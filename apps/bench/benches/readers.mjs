/**
 * Do the tools whose formats memx writes read them as they are meant? One profile of a real program, recorded by
 * `memx profile --lines`, in all formats: read back by memx (nothing may be lost), by the DevTools built into Chromium, by
 * speedscope and by Go's pprof. Sets exit code 1 when one of them sees other bytes. Says what it skipped.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { decodeProfile, encodeProfile } from '@memx/advanced';
import { printFigure } from '../src/print.mjs';
import { profileRealProgram } from '../src/profile-real-program.mjs';
import { startChromium } from '../src/readers/chromium.mjs';
import { readWithDevTools } from '../src/readers/devtools.mjs';
import { findGoPprof, readWithGoPprof } from '../src/readers/go-pprof.mjs';
import { inSpeedscopesWords, readWithSpeedscope } from '../src/readers/speedscope.mjs';

const ENDINGS = {
  json: 'json',
  heapprofile: 'heapprofile',
  pprof: 'pb.gz',
  speedscope: 'speedscope.json',
  collapsed: 'collapsed',
};

export async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'memx-readers-'));
  try {
    const profile = await profileRealProgram(folder);
    const { stacks, frames } = profile;
    printFigure(
      'program: dependency-cruiser over packages/core',
      `${stacks.length} stacks, ${frames.length} frames`,
    );
    const files = await writeAll(profile, folder);
    for (const [format, file] of Object.entries(files)) {
      judge(
        'memx',
        format,
        isDeepStrictEqual(
          asCarried(await decodeProfile(readFileSync(file)), format),
          asCarried(profile, format),
        ),
        'the same profile',
      );
    }
    await readWithBrowser(profile, files);
    await mkdir(join(folder, 'go'));
    readWithGo(profile, files.pprof, join(folder, 'go'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function readWithBrowser(profile, files) {
  const browser = await startChromium();
  if (!browser) {
    printFigure('Chrome DevTools, speedscope', 'SKIPPED: no Chromium here; name one in MEMX_CHROMIUM');
    return;
  }
  try {
    const devTools = await readWithDevTools(browser, readFileSync(files.heapprofile));
    judgeSums(`Chromium ${browser.version()} DevTools`, 'heapprofile', devTools, profile);
    for (const format of ['speedscope', 'heapprofile', 'pprof', 'collapsed']) {
      const { name, self } = await readWithSpeedscope(browser, files[format]);
      const words = groupsOfSpeedscope(profile, format).map(([key, bytes]) => [
        key,
        inSpeedscopesWords(bytes, format !== 'collapsed'),
      ]);
      judge('speedscope', format, isDeepStrictEqual(words[0], [name, self]), `on top: ${name}, ${self}`);
    }
  } finally {
    await browser.close();
  }
}

function readWithGo(profile, file, folder) {
  const command = findGoPprof(folder);
  if (command) judgeSums('go tool pprof', 'pprof', readWithGoPprof(command, file), profile);
  else printFigure('go tool pprof', 'SKIPPED: no Go here, and none to be had');
}

async function writeAll(profile, folder) {
  const files = {};
  for (const [format, ending] of Object.entries(ENDINGS)) {
    files[format] = join(folder, `program.${ending}`);
    await writeFile(files[format], await encodeProfile(profile, format));
  }
  return files;
}

/** Collapsed stacks carry bytes, frames and threads. */
function asCarried(profile, format) {
  if (format !== 'collapsed') return profile;
  const { threads, frames, stacks } = profile;
  return { threads, frames, stacks: stacks.map((stack) => [stack.thread, stack.frames, stack.sizeBytes]) };
}

function judgeSums(reader, format, { totalBytes, bytesByName }, profile) {
  const expected = Object.fromEntries(group(profile, innermostName));
  const wrong = Object.entries(expected).filter(([name, bytes]) => bytesByName[name] !== bytes);
  const isRight = wrong.length === 0 && totalBytes === totalOfAll(profile);
  judge(reader, format, isRight, `${totalBytes} bytes, ${Object.keys(expected).length} functions`);
  for (const [name, bytes] of wrong.slice(0, 5))
    console.log(`    ${name}: ${bytesByName[name]} for ${bytes}`);
}

/** Its functions are told apart by name, file, line and column; in collapsed stacks by their text. */
function groupsOfSpeedscope(profile, format) {
  const frames =
    format === 'pprof' ? ['functionName', 'filename'] : ['functionName', 'filename', 'line', 'column'];
  const groups = new Map();
  for (const [key, bytes] of group(profile, (frame) => JSON.stringify(frames.map((field) => frame[field])))) {
    const [name, filename, line, column] = JSON.parse(key);
    const label = format === 'collapsed' && filename ? `${name} (${filename}:${line}:${column})` : name;
    groups.set(key, [label, bytes]);
  }
  return [...groups.values()].sort(([, a], [, b]) => b - a);
}

function innermostName({ functionName }) {
  return functionName;
}

function group({ stacks, frames }, keyOf) {
  const sums = new Map();
  for (const stack of stacks) {
    const frame = frames[stack.frames[0]];
    if (frame) sums.set(keyOf(frame), (sums.get(keyOf(frame)) ?? 0) + stack.sizeBytes);
  }
  return sums;
}

function totalOfAll({ stacks }) {
  return stacks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function judge(reader, format, isRight, seen) {
  printFigure(`${reader} reads ${format}`, `${isRight ? 'yes' : 'NO'} (${seen})`, 'yes');
  if (!isRight) process.exitCode = 1;
}
