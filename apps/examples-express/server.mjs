import { once } from 'node:events';
import { memx } from '@memx/integrations/express';
import express from 'express';
import session from 'express-session';
import { sendVisitors } from './visitors.mjs';

const app = express();
app.use(memx());
app.use(session({ secret: 'an example', resave: false, saveUninitialized: true }));

app.get('/', (request, response) => {
  request.session.visits = (request.session.visits ?? 0) + 1;
  request.session.cart ??= Array.from({ length: 12 }, (_, index) => ({ sku: `sku-${index}`, quantity: 1 }));
  response.json({ visits: request.session.visits, items: request.session.cart.length });
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/`;
console.log(`Listening on ${url}`);

const stopping = new AbortController();
process.once('SIGTERM', () => {
  stopping.abort();
  server.close();
  server.closeAllConnections();
});
if (process.env.LOAD !== '0') await sendVisitors(url, stopping.signal);
