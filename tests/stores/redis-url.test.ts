/** What REDIS_URL can say, and what is told when it says something else. */
import { describe, expect, test } from '@jest/globals';
import { evictionWarning } from '../../src/stores/redis/eviction-warning.ts';
import { parseRedisUrl } from '../../src/stores/redis/redis-url.ts';

const at = (host: string, port: number) => ({ host, port });

describe('a REDIS_URL', () => {
  test.each([
    ['redis://localhost', { kind: 'single', addresses: [at('localhost', 6379)], tls: false, database: 0 }],
    ['redis://localhost:6380/2', { addresses: [at('localhost', 6380)], database: 2 }],
    ['rediss://anna:p%40ss@cache.example:7000', { tls: true, username: 'anna', password: 'p@ss' }],
    ['redis://:only-a-password@cache', { addresses: [at('cache', 6379)], password: 'only-a-password' }],
    ['redis://:with@at:and/slash%2F@cache'.replace('/slash', ''), { password: 'with@at:and/' }],
    ['redis://[::1]:6379', { addresses: [at('::1', 6379)] }],
    ['redis://a:1,b:2,c', { kind: 'cluster', addresses: [at('a', 1), at('b', 2), at('c', 6379)] }],
    ['redis://a:1,redis://b:2', { kind: 'cluster', addresses: [at('a', 1), at('b', 2)] }],
    ['redis://a?cluster=true', { kind: 'cluster', addresses: [at('a', 6379)] }],
    [
      'redis+sentinel://s1,s2:7/main',
      { kind: 'sentinel', addresses: [at('s1', 26379), at('s2', 7)], master: 'main' },
    ],
    [
      'rediss+sentinel://u:p@s1/main/3?sentinelPassword=x',
      { kind: 'sentinel', tls: true, database: 3, username: 'u', password: 'p', sentinelPassword: 'x' },
    ],
  ])('%s', (url, expected) => {
    expect(parseRedisUrl(url)).toMatchObject(expected);
  });

  test.each([
    'localhost:6379',
    'http://localhost',
    'redis://',
    'redis://host:99999',
    'redis://host/words',
    'redis://host/0/1',
    'redis://a,b/1',
    'redis+sentinel://s1',
    'redis://u:%zz@host',
    'redis://a,,b',
  ])('that is %s is refused with the forms that work', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(/REDIS_URL can't be used: .*redis:\/\//);
  });

  test('that can’t be used is never repeated with its password', () => {
    expect(() => parseRedisUrl('redis://anna:s3cret@host:bad')).toThrow(
      expect.not.stringContaining('s3cret'),
    );
  });
});

test('only an eviction policy that throws something away is warned of', () => {
  const warningFor = (policy: string) => evictionWarning(`# Memory\r\nmaxmemory_policy:${policy}\r\n`);
  expect(warningFor('noeviction')).toBeUndefined();
  expect(evictionWarning('')).toBeUndefined();
  expect(warningFor('allkeys-lfu')).toContain('entitlements');
  expect(warningFor('volatile-ttl')).toContain('noeviction');
});
