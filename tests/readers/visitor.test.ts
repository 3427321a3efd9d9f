import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomText } from '../../src/ops/random.ts';
import { createNetworkTags } from '../../src/readers/network-tag.ts';
import { createVisitors } from '../../src/readers/visitor.ts';
import { day, noon, rsa, rsaKey, secretKey } from './support.ts';

const visitorsWith = (...keys: Parameters<typeof createVisitors>[0]['keys']) =>
  createVisitors({ keys, random: randomText });
const visitors = visitorsWith(secretKey('k1'));

describe('a visitor’s cookie', () => {
  test('names the visitor it was made for, again and again', () => {
    const { id, cookie } = visitors.mintVisitor('network-01');
    expect(id).toMatch(/^network-01\.[\w-]{22}$/);
    expect(visitors.readVisitor(cookie)).toEqual({ id });
    expect(visitors.readVisitor(cookie)).toEqual({ id });
  });

  test('changed anywhere, it names nobody', () => {
    const { cookie } = visitors.mintVisitor('network-01');
    const place = fc.integer({ min: 0, max: cookie.length - 1 });
    fc.assert(
      fc.property(place, fc.constantFrom('A', 'w', '_', '.', '=', '%'), (at, character) => {
        const changed = cookie.slice(0, at) + character + cookie.slice(at + 1);
        return changed === cookie || visitors.readVisitor(changed) === undefined;
      }),
    );
  });

  test('whatever else comes, it names nobody', () => {
    const { id, cookie } = visitors.mintVisitor('network-01');
    const [tag, random, signature] = cookie.split('.');
    const other = visitors.mintVisitor('network-02').cookie.split('.')[2];
    const forged = [
      '',
      id,
      `${id}.`,
      `${id}.${other}`,
      `${tag}.${random}.${signature}x`,
      `other-netw.${random}.${signature}`,
    ];
    for (const value of forged) expect(visitors.readVisitor(value)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (value) => visitors.readVisitor(value) === undefined));
  });

  test('signed by an older key it is still known, and comes with a newer cookie; once that key is gone it is not', () => {
    const { id, cookie } = visitors.mintVisitor('network-01');
    const rotated = visitorsWith(secretKey('k2', 8), secretKey('k1'));
    const known = rotated.readVisitor(cookie);
    expect(known).toEqual({ id, renewedCookie: expect.any(String) });
    const after = visitorsWith(secretKey('k2', 8));
    expect(after.readVisitor(cookie)).toBeUndefined();
    expect(after.readVisitor(known?.renewedCookie ?? '')).toEqual({ id });
  });

  test('is never signed with what a public key tells everybody', () => {
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(() => visitorsWith({ kid: 'rsa', kind: 'pem', pem })).toThrow(/public keys only/);
    expect(visitorsWith(rsaKey).mintVisitor('network-01').cookie).toBeTruthy();
  });

  test('no two visitors share an id', () => {
    expect(new Set(Array.from({ length: 1000 }, () => visitors.mintVisitor('network-01').id)).size).toBe(
      1000,
    );
  });
});

describe('a network’s tag', () => {
  const tagOf = createNetworkTags({ keys: [secretKey('k1')] });
  const same = (a: string, b: string) => tagOf(a, noon) === tagOf(b, noon);

  test('is shared by a /24 or a /48 and by nobody else', () => {
    expect(same('192.0.2.1', '192.0.2.254')).toBe(true);
    expect(same('192.0.2.1', '192.0.3.1')).toBe(false);
    expect(same('192.0.2.1', '::ffff:192.0.2.77')).toBe(true);
    expect(same('192.0.2.1', '::ffff:c000:24d')).toBe(true);
    expect(same('2001:db8:1:2::3', '2001:db8:1:ffff::1')).toBe(true);
    expect(same('2001:db8:1::', '2001:db8:2::')).toBe(false);
    expect(same('fe80::1%eth0', 'fe80::2')).toBe(true);
  });

  test('changes with the month and the key, and not within one', () => {
    const endOfMonth = Date.UTC(2026, 11, 1);
    const before = tagOf('192.0.2.1', endOfMonth - 1);
    expect(before).toBe(tagOf('192.0.2.1', noon));
    expect(tagOf('192.0.2.1', endOfMonth)).not.toBe(before);
    expect(tagOf('192.0.2.1', noon + 365 * day)).not.toBe(before);
    expect(createNetworkTags({ keys: [secretKey('k2', 8)] })('192.0.2.1', noon)).not.toBe(before);
  });

  test('is short, safe in a cookie, the same on every machine, and never an address', () => {
    const elsewhere = createNetworkTags({ keys: [secretKey('k1')] });
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) => {
        const tag = tagOf(address, noon);
        return /^[\w-]{10}$/.test(tag) && tag === elsewhere(address, noon);
      }),
    );
  });

  test('is one for all whose address can’t be read: no address is no way to an allowance of one’s own', () => {
    expect(tagOf(undefined, noon)).toBe(tagOf('unix:', noon));
    expect(tagOf('', noon)).toBe(tagOf('999.1.1.1', noon));
  });
});
