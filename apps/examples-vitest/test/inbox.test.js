import { expect, test } from 'vitest';
import { collect, deliver } from '../src/inbox.js';

test('a message is collected where it was delivered', () => {
  deliver('ada@example.org', 'hello');
  expect(collect('ada@example.org')).toHaveLength(1);
});

test('collecting empties the inbox', () => {
  for (let number = 0; number < 20_000; number++) deliver('bob@example.org', `message ${number}`);
  expect(collect('bob@example.org')).toHaveLength(20_000);
  expect(collect('bob@example.org')).toEqual([]);
});

// The one to find: nobody collects what it delivers.
test('many addresses can be delivered to', () => {
  for (let number = 0; number < 20_000; number++) deliver(`user-${number}@example.org`, `message ${number}`);
  expect(collect('nobody@example.org')).toEqual([]);
});
