'use strict';
// Every four seconds a batch of exports runs; each adds its token to the calls it makes.
const { setTimeout: sleep } = require('node:timers/promises');
const axios = require('axios');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const client = axios.create({
  adapter: async (config) => ({
    data: { path: config.url },
    status: 200,
    statusText: 'OK',
    headers: {},
    config,
  }),
});

async function exportTenant(tenant) {
  const token = { tenant, scope: ['read', 'export'], text: `token of ${tenant} `.repeat(4) };
  const added = client.interceptors.request.use((config) => {
    if (config.url.startsWith(`/${tenant}/`)) config.headers.set('authorization', token.text);
    return config;
  });
  const { data } = await client.get(`/${tenant}/rows`);
  client.interceptors.request.eject(added);
  client.interceptors.request.clear();
  return data.path.length;
}

(async () => {
  let n = 0;
  let characters = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 120 && Date.now() < END; i++) characters += await exportTenant(`tenant${n++}`);
    const next = Math.min(END, Date.now() + 3500);
    while (Date.now() < next) {
      characters += JSON.stringify(Array.from({ length: 40 }, (_, i) => i * n)).length % 2; // health checks
      await sleep(10);
    }
  }
  console.log(`ops=${n} characters=${characters}`);
})();
