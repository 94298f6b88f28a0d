/**
 * The DevTools that are built into Chromium, at the address where it keeps them: the Memory panel loads the file as if a person
 * had chosen it, and its own model is read.
 */
const FRONTEND = 'devtools://devtools/bundled';

/** @param {import('playwright-core').Browser} browser @param {Uint8Array} bytes */
export async function readWithDevTools(browser, bytes) {
  const page = await browser.newPage();
  try {
    await page.goto(`${FRONTEND}/devtools_app.html?panel=heap-profiler`);
    return await page.evaluate(loadInMemoryPanel, {
      module: `${FRONTEND}/panels/profiler/profiler.js`,
      text: Buffer.from(bytes).toString(),
    });
  } finally {
    await page.close();
  }
}

/** Runs in the page. */
async function loadInMemoryPanel({ module, text }) {
  const { HeapProfilerPanel, HeapProfileView } = await import(module);
  const panel = HeapProfilerPanel.HeapProfilerPanel.instance();
  const name = 'memx.heapprofile';
  await panel.loadFromFile(new File([text], name));
  const [loaded] = panel.findProfileTypeByExtension(name).getProfiles();
  if (!loaded?.profile) throw new Error('DevTools did not take the file.');
  const { root, total } = new HeapProfileView.SamplingHeapProfileModel(loaded.profile);
  const bytesByName = {};
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    bytesByName[node.functionName] = (bytesByName[node.functionName] ?? 0) + node.self;
    pending.push(...node.children);
  }
  return { totalBytes: total, bytesByName };
}
