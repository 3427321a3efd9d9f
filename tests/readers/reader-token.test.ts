import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { publicJwks } from '../../src/readers/jwks.ts';
import { createReaderTokens } from '../../src/readers/reader-token.ts';
import {
  asText,
  did,
  ecKey,
  encoded,
  entitlement,
  forge,
  forgeAsymmetric,
  hour,
  noon,
  publicUrl,
  rid,
  rsa,
  rsaKey,
  secretKey,
} from './support.ts';

const keys = [secretKey('k1'), rsaKey, ecKey];
const tokensWith = (some = keys, audience = publicUrl) =>
  createReaderTokens({ keys: some, issuer: audience, audience });
const tokens = tokensWith();
const facts = {
  reader: rid('reader-1'),
  device: did('device-1'),
  entitlements: [entitlement('all', noon + 30 * 24 * hour)],
  ttlSeconds: 3600,
};

const seconds = noon / 1000;
const header = { alg: 'HS256', typ: 'gatefold+jwt', kid: 'k1' };
const payload = {
  iss: publicUrl,
  aud: publicUrl,
  sub: 'reader-1',
  sid: 'device-1',
  iat: seconds,
  exp: seconds + 3600,
  ent: [{ product: 'all', endsAt: noon + hour }],
};
const without = (name: string): object =>
  Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name));
/** The payload's JSON with something a parser would not write. */
const rawPayload = (from: string, to: string): string => JSON.stringify(payload).replace(from, to);

describe('a reader token', () => {
  test.each([
    ['a shared secret', secretKey('k1')],
    ['an RSA key', rsaKey],
    ['an EC key', ecKey],
  ])('signed with %s is verified and names its reader, device and entitlements', (_, key) => {
    const some = tokensWith([key]);
    const verdict = some.verify(some.sign(facts, noon), noon);
    expect(verdict).toMatchObject({
      kind: 'valid',
      claims: {
        reader: 'reader-1',
        device: 'device-1',
        issuedAt: noon,
        expiresAt: noon + hour,
        entitlements: [{ product: 'all', endsAt: noon + 30 * 24 * hour }],
      },
    });
  });

  test('a token put together by hand in the right form is accepted, so that the forgeries fail for their own reason', () => {
    expect(tokens.verify(forge(header, payload), noon).kind).toBe('valid');
    expect(
      tokens.verify(forgeAsymmetric({ ...header, alg: 'RS256', kid: 'rsa' }, payload, 'RS256'), noon).kind,
    ).toBe('valid');
    expect(
      tokens.verify(forgeAsymmetric({ ...header, alg: 'ES256', kid: 'ec' }, payload, 'ES256'), noon).kind,
    ).toBe('valid');
  });

  test('it ends at its expiry, whether or not it was verified before', () => {
    const token = tokens.sign(facts, noon);
    expect(tokens.verify(token, noon + hour - 1).kind).toBe('valid');
    expect(tokens.verify(token, noon + hour)).toMatchObject({
      kind: 'expired',
      claims: { reader: 'reader-1' },
    });
    expect(tokensWith().verify(token, noon + hour).kind).toBe('expired');
  });

  test('a new key signs while tokens of the old one stay valid; once it is removed they are refused', () => {
    const old = tokensWith([secretKey('old', 1)]);
    const rotated = tokensWith([secretKey('new', 2), secretKey('old', 1)]);
    const token = old.sign(facts, noon);
    expect(rotated.verify(token, noon).kind).toBe('valid');
    expect(old.verify(rotated.sign(facts, noon), noon)).toEqual({ kind: 'invalid', why: 'unknown-key' });
    expect(tokensWith([secretKey('new', 2)]).verify(token, noon)).toEqual({
      kind: 'invalid',
      why: 'unknown-key',
    });
  });

  test('a token of another site with the same key is refused', () => {
    const token = tokensWith(keys, 'https://other.example').sign(facts, noon);
    expect(tokens.verify(token, noon)).toEqual({ kind: 'invalid', why: 'wrong-issuer' });
  });

  test('it fits a cookie however many entitlements its reader has', () => {
    const long = `https://${'a'.repeat(60)}.example`;
    const rsa4096 = generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey;
    const pem = rsa4096.export({ type: 'pkcs8', format: 'pem' }).toString();
    const some = tokensWith([{ kid: 'k'.repeat(40), kind: 'pem', pem }], long);
    const entitlements = Array.from({ length: 500 }, (_, n) => entitlement(`product-${n}`, noon + hour + n));
    const token = some.sign({ ...facts, entitlements }, noon);
    expect(token.length).toBeLessThan(4000);
    expect(some.verify(token, noon)).toMatchObject({
      kind: 'valid',
      claims: { entitlements: { length: expect.any(Number) } },
    });
  });

  test('of two entitlements to one product it carries the later end, and none that has ended', () => {
    const entitlements = [
      entitlement('all', noon + 1),
      entitlement('all', noon + 9),
      entitlement('old', noon),
    ];
    const verdict = tokens.verify(tokens.sign({ ...facts, entitlements }, noon), noon);
    expect(verdict).toMatchObject({ claims: { entitlements: [{ product: 'all', endsAt: noon + 9 }] } });
  });

  test('whatever text comes as a token, the answer is a verdict', () => {
    const part = fc.oneof(fc.string(), fc.json().map(encoded), fc.base64String());
    const text = fc.oneof(
      fc.string(),
      fc.tuple(part, part, part).map((parts) => parts.join('.')),
    );
    fc.assert(fc.property(text, (token) => tokens.verify(token, noon).kind === 'invalid'));
  });

  test('a changed character anywhere makes it invalid', () => {
    const token = tokens.sign(facts, noon);
    const place = fc.integer({ min: 0, max: token.length - 1 });
    fc.assert(
      fc.property(place, fc.constantFrom('A', 'z', '-', '.', '=', ' ', 'é'), (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        return changed === token || tokens.verify(changed, noon).kind === 'invalid';
      }),
    );
  });
});

const publicRsaPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const attackersKey = Buffer.alloc(32, 66);

/** Each is signed with the right key unless it says otherwise, so that one thing alone is wrong. */
const forgeries: readonly (readonly [string, string, string])[] = [
  [
    'no algorithm, no signature',
    `${encoded({ ...header, alg: 'none' })}.${encoded(payload)}.`,
    'not-a-token',
  ],
  [
    'no algorithm, any signature',
    `${encoded({ ...header, alg: 'none' })}.${encoded(payload)}.AAAA`,
    'wrong-algorithm',
  ],
  ['no algorithm, capitals', forge({ ...header, alg: 'nOnE' }, payload), 'wrong-algorithm'],
  ['no signature', `${encoded(header)}.${encoded(payload)}.`, 'not-a-token'],
  ['an empty signature of one byte', `${encoded(header)}.${encoded(payload)}.AA`, 'bad-signature'],
  ['another secret', forge(header, payload, attackersKey), 'bad-signature'],
  [
    'the RSA public key as a shared secret',
    forge({ ...header, kid: 'rsa' }, payload, Buffer.from(publicRsaPem)),
    'wrong-algorithm',
  ],
  [
    'the RSA public key as a shared secret under the secret’s name',
    forge(header, payload, Buffer.from(publicRsaPem)),
    'bad-signature',
  ],
  [
    'an RSA key that says it is the EC one',
    forgeAsymmetric({ ...header, alg: 'RS256', kid: 'ec' }, payload, 'RS256'),
    'wrong-algorithm',
  ],
  [
    'an EC signature for the RSA key',
    forgeAsymmetric({ ...header, alg: 'RS256', kid: 'rsa' }, payload, 'ES256'),
    'bad-signature',
  ],
  ['a stronger algorithm than the key’s', forge({ ...header, alg: 'HS512' }, payload), 'wrong-algorithm'],
  [
    'PSS instead of the pinned RSA',
    forge({ ...header, alg: 'PS256', kid: 'rsa' }, payload),
    'wrong-algorithm',
  ],
  ['an algorithm that is no text', forge({ ...header, alg: ['HS256'] }, payload), 'header-member'],
  ['an unknown key', forge({ ...header, kid: 'k2' }, payload), 'unknown-key'],
  [
    'a key name that is a path',
    forge({ ...header, kid: '../../dev/null' }, payload, Buffer.alloc(0)),
    'unknown-key',
  ],
  ['a key name that every object has', forge({ ...header, kid: '__proto__' }, payload), 'unknown-key'],
  ['a key name that is a query', forge({ ...header, kid: "x' UNION SELECT 'k" }, payload), 'unknown-key'],
  ['a key name that is a list', forge({ ...header, kid: ['k1'] }, payload), 'header-member'],
  ['no key name', forge({ alg: 'HS256', typ: 'gatefold+jwt' }, payload), 'header-member'],
  ['an embedded key', forge({ ...header, jwk: { kty: 'oct', k: 'AA' } }, payload), 'header-member'],
  ['a remote key set', forge({ ...header, jku: 'https://evil.example/jwks.json' }, payload), 'header-member'],
  ['a remote certificate', forge({ ...header, x5u: 'https://evil.example/cert' }, payload), 'header-member'],
  ['an embedded certificate', forge({ ...header, x5c: ['AA'] }, payload), 'header-member'],
  ['a critical extension', forge({ ...header, crit: ['exp'] }, payload), 'header-member'],
  ['an empty list of critical extensions', forge({ ...header, crit: [] }, payload), 'header-member'],
  ['an unencoded payload', forge({ ...header, b64: false }, payload), 'header-member'],
  ['a compressed payload', forge({ ...header, zip: 'DEF' }, payload), 'header-member'],
  ['a type of somebody else’s', forge({ ...header, typ: 'JWT' }, payload), 'wrong-type'],
  ['a type in other letters', forge({ ...header, typ: 'GATEFOLD+JWT' }, payload), 'wrong-type'],
  [
    'two algorithms',
    forge(`{"alg":"none","alg":"HS256","typ":"gatefold+jwt","kid":"k1"}`, payload),
    'duplicate-member',
  ],
  ['two subjects', forge(header, rawPayload('"sub":', '"sub":"reader-2","sub":')), 'duplicate-member'],
  [
    'two subjects, one of them escaped',
    forge(header, rawPayload('"sub":', '"\\u0073ub":"reader-2","sub":')),
    'duplicate-member',
  ],
  [
    'two ends of one entitlement',
    forge(header, rawPayload('"endsAt":', '"endsAt":1,"endsAt" :')),
    'duplicate-member',
  ],
  ['padding', `${forge(header, payload)}=`, 'not-canonical'],
  ['stray bits in the signature', strayBits(forge(header, payload)), 'not-canonical'],
  ['base64 of the other alphabet', forge(header, payload).replace(/[-_]|$/, '+'), 'not-canonical'],
  ['a line break at the end', `${forge(header, payload)}\n`, 'not-canonical'],
  ['four parts', `${forge(header, payload)}.AAAA`, 'not-a-token'],
  ['five parts, as an encrypted token has', 'e30.e30.e30.e30.e30', 'not-a-token'],
  ['5 KB', forge(header, { ...payload, more: 'x'.repeat(5000) }), 'too-long'],
  ['a header that is a list', forge('[]', payload), 'not-json'],
  ['a payload that is text', forge(header, '"reader-1"'), 'not-json'],
  ['a payload that is null', forge(header, 'null'), 'not-json'],
  [
    'a payload that is no UTF-8',
    signedRaw(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
    'not-json',
  ],
  ['no issuer', forge(header, without('iss')), 'wrong-issuer'],
  ['another issuer', forge(header, { ...payload, iss: 'https://evil.example' }), 'wrong-issuer'],
  ['no audience', forge(header, without('aud')), 'wrong-audience'],
  ['another audience', forge(header, { ...payload, aud: `${publicUrl}.evil.example` }), 'wrong-audience'],
  [
    'a list of audiences that holds ours',
    forge(header, { ...payload, aud: [publicUrl, 'https://evil.example'] }),
    'wrong-audience',
  ],
  ['no subject', forge(header, without('sub')), 'claim-subject'],
  ['an empty subject', forge(header, { ...payload, sub: '' }), 'claim-subject'],
  ['a subject that is a number', forge(header, { ...payload, sub: 1 }), 'claim-subject'],
  [
    'a subject that names another thing in the store',
    forge(header, { ...payload, sub: 'a}:b' }),
    'claim-subject',
  ],
  ['no device', forge(header, without('sid')), 'claim-device'],
  ['no time of issue', forge(header, without('iat')), 'claim-issued'],
  ['a time of issue as text', forge(header, { ...payload, iat: `${seconds}` }), 'claim-issued'],
  ['a time of issue to come', forge(header, { ...payload, iat: seconds + 600 }), 'not-yet-valid'],
  ['not valid before later', forge(header, { ...payload, nbf: seconds + 600 }), 'not-yet-valid'],
  ['not valid before some text', forge(header, { ...payload, nbf: 'now' }), 'not-yet-valid'],
  ['no expiry', forge(header, without('exp')), 'claim-expiry'],
  ['an expiry as text', forge(header, { ...payload, exp: `${seconds + 3600}` }), 'claim-expiry'],
  ['an endless expiry', forge(header, rawPayload(`"exp":${seconds + 3600}`, '"exp":1e999')), 'claim-expiry'],
  ['an expiry of null', forge(header, { ...payload, exp: null }), 'claim-expiry'],
  ['an expiry in parts of seconds', forge(header, { ...payload, exp: seconds + 0.5 }), 'claim-expiry'],
  ['an expiry before its issue', forge(header, { ...payload, exp: seconds }), 'claim-expiry'],
  ['an expiry of two years', forge(header, { ...payload, exp: seconds + 730 * 86_400 }), 'claim-expiry'],
  ['no entitlements', forge(header, without('ent')), 'claim-entitlements'],
  ['entitlements as an object', forge(header, { ...payload, ent: { length: 1 } }), 'claim-entitlements'],
  [
    'an entitlement without an end',
    forge(header, { ...payload, ent: [{ product: 'all' }] }),
    'claim-entitlements',
  ],
  [
    'an endless entitlement',
    forge(header, rawPayload(`"endsAt":${noon + hour}`, '"endsAt":1e999')),
    'claim-entitlements',
  ],
  [
    'an entitlement to nothing',
    forge(header, { ...payload, ent: [{ product: '', endsAt: 1 }] }),
    'claim-entitlements',
  ],
  ['an entitlement of null', forge(header, { ...payload, ent: [null] }), 'claim-entitlements'],
];

function strayBits(token: string): string {
  // 32 bytes leave two unused bits in the 43rd character: the next one of the alphabet decodes to the same bytes.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) ?? '') + 1];
}

function signedRaw(body: Buffer): string {
  const signed = `${encoded(asText(header))}.${body.toString('base64url')}`;
  return `${signed}.${createHmac('sha256', Buffer.alloc(32, 7)).update(signed).digest('base64url')}`;
}

describe('a forged token is refused for its own reason', () => {
  test.each(forgeries)('%s', (_, token, why) => {
    expect(tokens.verify(token, noon)).toEqual({ kind: 'invalid', why });
  });
});

describe('token keys', () => {
  const attempt = (key: Parameters<typeof tokensWith>[0]) => () => tokensWith(key);

  test('a key that is too weak, unreadable or twice there is refused with what to do', () => {
    const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const otherCurve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const pem = (key: typeof weakRsa) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(attempt([{ kid: 'k', kind: 'secret', secret: Buffer.alloc(31) }])).toThrow(
      /31 bytes and needs 32/,
    );
    expect(attempt([{ kid: 'k', kind: 'pem', pem: pem(weakRsa) }])).toThrow(/RSA of at least 2048/);
    expect(attempt([{ kid: 'k', kind: 'pem', pem: pem(otherCurve) }])).toThrow(/EC P-256/);
    expect(attempt([{ kid: 'k', kind: 'pem', pem: 'nonsense' }])).toThrow(/no readable PEM/);
    expect(attempt([secretKey('k'), secretKey('k', 8)])).toThrow(/Two token keys/);
    expect(attempt([])).toThrow(/no token key/);
  });

  test('a public key verifies and signs nothing', () => {
    const verifier = tokensWith([{ kid: 'rsa', kind: 'pem', pem: publicRsaPem }]);
    const token = tokensWith([rsaKey]).sign(facts, noon);
    expect(verifier.verify(token, noon).kind).toBe('valid');
    expect(() => verifier.sign(facts, noon)).toThrow(/public/);
  });

  test('the published key set holds the public halves and no secret', () => {
    const { keys: published } = publicJwks(keys);
    expect(published.map(({ kid, alg }) => [kid, alg])).toEqual([
      ['rsa', 'RS256'],
      ['ec', 'ES256'],
    ]);
    const members = published.flatMap((key) => Object.keys(key));
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(members).not.toContain(secret);
  });
});
