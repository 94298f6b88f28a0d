// A GraphQL server keeps the documents that it parsed. Clients send their arguments as variables.
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSchema, execute, parse, validate } from 'graphql';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const schema = buildSchema('type Order { id: ID! total: Int } type Query { order(id: ID!): Order }');
const rootValue = { order: ({ id }) => ({ id, total: id.length }) };
const documents = new Map();

function documentOf(query) {
  if (!documents.has(query)) {
    const document = parse(query);
    validate(schema, document);
    documents.set(query, document);
  }
  return documents.get(query);
}

async function answer(source, variableValues) {
  const { data } = await execute({ schema, rootValue, document: documentOf(source), variableValues });
  return data.order.total;
}

let n = 0;
let total = 0;
while (Date.now() - START < RUN_MS) {
  const id = Date.now() - START < RUN_MS * 0.25 ? n % 30 : n;
  total += await answer('query Q($id: ID!) { order(id: $id) { id total } }', { id: `o${id}` });
  n++;
  await sleep(15);
}
console.log(`ops=${n} total=${total} documents=${documents.size}`);
