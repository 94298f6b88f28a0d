'use strict';
// A lookup service over a small database in memory; each request prepares its statement.
const { setTimeout: sleep } = require('node:timers/promises');
const initSqlJs = require('sql.js');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

function findCity(db, id) {
  const statement = db.prepare('select name, people from city where id = $id');
  statement.bind({ $id: id });
  const city = statement.step() ? statement.getAsObject() : null;
  statement.free();
  return city;
}

(async () => {
  const { Database } = await initSqlJs();
  const db = new Database();
  db.run('create table city (id integer primary key, name text, people integer)');
  for (let i = 0; i < 50; i++) db.run('insert into city values (?, ?, ?)', [i, `City ${i}`, i * 1000]);
  let n = 0;
  let people = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 2; i++) people += findCity(db, n++ % 50).people;
    await sleep(8);
  }
  db.close();
  console.log(`ops=${n} people=${people}`);
})();
