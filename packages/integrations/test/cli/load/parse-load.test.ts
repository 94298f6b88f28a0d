import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { addLoad, parseLoad } from '../../../src/cli/load/parse-load.js';

describe('parseLoad', () => {
  it('makes of a route a moderate load of GET requests', () => {
    expect(parseLoad('/users?page=2')).toEqual({
      kind: 'requests',
      url: '/users?page=2',
      method: 'GET',
      headers: {},
      body: null,
      connections: 10,
      perSecond: 200,
    });
  });

  it("reads autocannon's letters, with quotes as in a shell", () => {
    const load = parseLoad(
      `-c 3 -R 41 -m put -H "content-type: application/json" -H x-shop=7 -b '{"a b":1}' http://localhost:81/x`,
    );
    expect(load).toEqual({
      kind: 'requests',
      url: 'http://localhost:81/x',
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-shop': '7' },
      body: '{"a b":1}',
      connections: 3,
      perSecond: 41,
    });
  });

  it('posts what has a body, unless another method is given', () => {
    expect(parseLoad('-b hello /orders')).toMatchObject({ method: 'POST' });
    expect(parseLoad('-b hello -m PATCH /orders')).toMatchObject({ method: 'PATCH' });
  });

  it('leaves all that begins with another word to the shell, as it is', () => {
    const command = 'npx autocannon -d 5 "$MEMX_URL/users"';
    expect(parseLoad(command)).toEqual({ kind: 'command', command });
  });

  it.each([
    ['', /Give a route/],
    ['-c 3', /Give one route/],
    ['/a /b', /Give one route/],
    ['/usr/bin/wrk -t 2 http://localhost', /'-t'.*options of a load are/],
    ['-c 0 /a', /Give -c a whole number/],
    ['-R fast /a', /Give -R a whole number/],
    ['-H nothing /a', /nothing is no header/],
    ['http://', /is no URL/],
  ])('refuses %j', (text, message) => {
    expect(() => parseLoad(text)).toThrow(InvalidArgumentError);
    expect(() => parseLoad(text)).toThrow(message);
  });

  it('adds up when it is repeated', () => {
    expect(addLoad('/b', addLoad('/a', undefined))).toMatchObject([{ url: '/a' }, { url: '/b' }]);
  });
});
