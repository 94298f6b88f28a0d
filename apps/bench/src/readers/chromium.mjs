import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [
  process.env.MEMX_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** @returns {Promise<import('playwright-core').Browser | null>} null where there is none; `MEMX_CHROMIUM` names another place. */
export async function startChromium() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) return null;
  return await chromium.launch({ executablePath, args: ARGUMENTS, timeout: 30_000 });
}
