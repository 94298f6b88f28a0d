import autocannon from 'autocannon';

/** 50 requests a second in all. */
export const ROUTES = [
  { path: '/users' },
  { path: '/product' },
  { path: '/login' },
  {
    path: '/order',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"lines":[{"price":3,"count":2},{"price":5,"count":7}]}',
  },
  { path: '/export' },
];
const PER_SECOND = 10;
const CONNECTIONS = 2;

/** What `memx check --load` is told, so that it sends the same. */
export function loadOptions() {
  return ROUTES.flatMap(({ path, method = 'GET', headers = {}, body }) => {
    const words = ['-c', CONNECTIONS, '-R', PER_SECOND, '-m', method];
    for (const [name, value] of Object.entries(headers)) words.push('-H', `'${name}: ${value}'`);
    if (body) words.push('-b', `'${body}'`);
    return ['--load', [...words, path].join(' ')];
  });
}

/** Sends it from this process, to a server that nobody watches. @param {number} port @param {number} durationMs */
export async function sendLoad(port, durationMs) {
  await Promise.all(
    ROUTES.map(({ path, ...request }) =>
      autocannon({
        url: `http://127.0.0.1:${port}${path}`,
        ...request,
        connections: CONNECTIONS,
        overallRate: PER_SECOND,
        duration: durationMs / 1000,
      }),
    ),
  );
}
