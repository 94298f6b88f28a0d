/** What a web service does with JSON, without the sockets: reads requests, checks and groups them, answers. */
const REQUESTS = 5_000 * Number(process.env.MEMX_BENCH_SCALE ?? 1);

let checksum = 0;
for (let id = 0; id < REQUESTS; id++) checksum += handle('/orders/summary', body(id)).length;
if (REQUESTS === 5_000 && checksum !== 7_109_336) throw new Error(`The work was another: ${checksum}`);

function handle(path, text) {
  const routes = new Map([['/orders/summary', summarize]]);
  const headers = { 'content-type': 'application/json', 'content-length': `${text.length}` };
  const request = { path, headers, body: JSON.parse(text) };
  return respond(200, routes.get(path)(request));
}

function summarize({ body }) {
  const items = body.items
    .filter(({ quantity }) => quantity > 0)
    .map((item) => ({ ...item, total: item.price * item.quantity }));
  const groups = {};
  for (const item of items) {
    groups[item.category] ??= { count: 0, total: 0, names: [] };
    const group = groups[item.category];
    group.count += item.quantity;
    group.total += item.total;
    group.names.push(item.name.toUpperCase());
  }
  const rows = Object.entries(groups).map(([category, { count, total, names }]) => ({
    category,
    count,
    total,
    label: `${category}: ${names.slice(0, 3).join(', ')}`,
  }));
  rows.sort((a, b) => b.total - a.total || (a.category < b.category ? -1 : 1));
  return { user: body.user, rows };
}

function respond(status, value) {
  const text = JSON.stringify(value);
  const headers = [`content-length: ${text.length}`, 'content-type: application/json'];
  return `HTTP/1.1 ${status} OK\r\n${headers.join('\r\n')}\r\n\r\n${text}`;
}

function body(id) {
  const items = Array.from({ length: 100 }, (_, index) => ({
    name: `item ${index} of ${id}`,
    category: `category ${(index * 7 + id) % 11}`,
    price: (index * 13 + id) % 101,
    quantity: (index + id) % 5,
  }));
  return JSON.stringify({ user: `user ${id % 1_000}`, items });
}
