/** The reader's address is the socket's unless a proxy that the settings name says otherwise. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clientAddress, forwardedFor, seenAddress, trustedProxies } from '../../src/origin/client-address.ts';

const isTrusted = trustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8', '::ffff:192.168.0.0/112']);
const nobody = trustedProxies([]);

describe('the client’s address', () => {
  test.each([
    ['203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['192.168.0.7', '1.2.3.4', '1.2.3.4'],
    ['10.0.0.1', '9.9.9.9, 1.2.3.4', '1.2.3.4'],
    ['10.0.0.1', '9.9.9.9, 1.2.3.4, 10.9.9.9', '1.2.3.4'],
    ['10.0.0.1', '10.1.1.1, 10.2.2.2', '10.1.1.1'],
    ['10.0.0.1', '1.2.3.4, unknown', '10.0.0.1'],
    ['10.0.0.1', '1.2.3.4, ', '10.0.0.1'],
    ['10.0.0.1', '', '10.0.0.1'],
    ['10.0.0.1', '1.2.3.4, 010.0.0.2', '10.0.0.1'],
    ['10.0.0.1', '1.2.3.4, 127.1', '10.0.0.1'],
    ['10.0.0.1', '1.2.3.4:5678', '1.2.3.4'],
    ['10.0.0.1', '[2001:db8::1]:443', '2001:db8::1'],
    ['10.0.0.1', '"[2001:DB8:0::1]"', '2001:db8::1'],
    ['fd00::1', '2001:db8::1', '2001:db8::1'],
    ['10.0.0.1', '::ffff:1.2.3.4', '1.2.3.4'],
    ['10.0.0.1', Array(80).fill('1.2.3.4').join(','), '10.0.0.1'],
  ])('socket %s saying %s: %s', (socket, list, address) => {
    expect(clientAddress(socket, list, isTrusted)).toBe(address);
  });

  test('no header moves it when the peer isn’t trusted', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), (socket, list) => {
        expect(clientAddress(socket, list, nobody)).toBe(socket);
      }),
    );
  });

  test('whatever the client puts in front of what the proxy adds, the answer is what the proxy added', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (claim) => {
        expect(clientAddress('10.0.0.1', `${claim}, 203.0.113.9`, isTrusted)).toBe('203.0.113.9');
      }),
    );
  });
});

test('a forged X-Forwarded-For isn’t passed on; a trusted proxy’s is, with the proxy appended', () => {
  expect(forwardedFor('203.0.113.9', '1.2.3.4', isTrusted)).toBe('203.0.113.9');
  expect(forwardedFor('::ffff:10.0.0.1', '1.2.3.4', isTrusted)).toBe('1.2.3.4, 10.0.0.1');
  expect(forwardedFor('10.0.0.1', undefined, isTrusted)).toBe('10.0.0.1');
});

test('a range that is neither an address nor a CIDR range is named', () => {
  expect(() => trustedProxies(['all'])).toThrow('"all" is neither an address nor a CIDR range');
  expect(() => trustedProxies(['127.1'])).toThrow('"127.1"');
});

test('scheme and host come from the socket, and from a trusted peer’s headers, of which it wrote the last value', () => {
  const request = {
    encrypted: false,
    host: 'News.example:8080',
    forwardedProto: 'http, https',
    forwardedHost: 'a.example, b.example',
  };
  expect(seenAddress({ ...request, peerTrusted: false })).toEqual({
    proto: 'http',
    host: 'news.example:8080',
  });
  expect(seenAddress({ ...request, peerTrusted: true })).toEqual({ proto: 'https', host: 'b.example' });
  expect(seenAddress({ ...request, host: 'a b', peerTrusted: false })).toEqual({ proto: 'http', host: '' });
  expect(seenAddress({ ...request, forwardedProto: 'javascript', peerTrusted: true }).proto).toBe('http');
});
