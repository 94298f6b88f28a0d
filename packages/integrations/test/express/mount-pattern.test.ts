import { Router } from 'express';
import { describe, expect, test } from 'vitest';
import { readMountPattern } from '../../src/express/mount-pattern.js';

/** Sources as Express 4.17 (path-to-regexp 0.1.7) and 4.22 (0.1.13) make them, with the names of their parameters. */
const express4: [string, string[], string | null][] = [
  [String.raw`^\/api\/?(?=\/|$)`, [], '/api'],
  [String.raw`^\/api\/v1\.0\/a-b\/?(?=\/|$)`, [], '/api/v1.0/a-b'],
  [String.raw`^\/users\/(?:([^\/]+?))\/posts\/?(?=\/|$)`, ['user'], '/users/:user/posts'],
  [String.raw`^\/users(?:\/([^/]+?))\/posts\/?(?=\/|$)`, ['user'], '/users/:user/posts'],
  [String.raw`^(?:\/([^/]+?))(?:\/([^/]+?))\/?(?=\/|$)`, ['a', 'b'], '/:a/:b'],
  [String.raw`^\/(?:([^\/]+?))-(?:([^\/]+?))\/?(?=\/|$)`, ['a', 'b'], '/:a-:b'],
  [String.raw`^(?:\/([^/]+?))-(?:((?:(?!\/|-).)+?))\/?(?=\/|$)`, ['a', 'b'], null],
  [String.raw`^\/x(?:\/([^/]+?))?\/?(?=\/|$)`, ['id'], null],
  [String.raw`^\/f(o+)\/?(?=\/|$)`, ['0'], null],
  [String.raw`^\/(.*)\/?(?=\/|$)`, ['0'], null],
  [String.raw`^\/a\/?(?=\/|$)|^\/b\/?(?=\/|$)`, [], null],
  ['anything', [], null],
];

describe('the pattern of a mount', () => {
  test.each(express4)('of Express 4: %s with %j is %s', (source, names, pattern) => {
    const keys = names.map((name) => ({ name }));
    expect(readMountPattern({ regexp: new RegExp(source, 'i'), keys })).toBe(pattern);
  });

  test('of Express 4 is empty at the root', () => {
    const regexp = Object.assign(/^\/?(?=\/|$)/i, { fast_slash: true });
    expect(readMountPattern({ regexp, keys: [] })).toBe('');
  });

  test.each([
    ['/', ''],
    ['/api', '/api'],
    ['/users/:user', '/users/:user'],
    [['/a', '/b'], null],
    [/re/, null],
  ])('of the Express that is installed: %s is read as %j', (path, pattern) => {
    const router = Router();
    router.use(path, () => {});
    expect(readMountPattern(Object(router.stack[0]))).toBe(pattern);
  });

  test('that Express does not keep is null', () => {
    expect(readMountPattern({ keys: [] })).toBeNull();
  });
});
