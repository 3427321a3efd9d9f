import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import express from 'express';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { jwksRoutes } from '../../src/readers/jwks-routes.ts';
import { createReaderTokens } from '../../src/readers/reader-token.ts';
import { did, ecKey, noon, publicUrl, rid, rsaKey, secretKey } from './support.ts';

test('another service verifies a reader token with the published keys alone', async () => {
  const app = express().use(jwksRoutes([ecKey, rsaKey, secretKey('k1')]));
  const answer = await request(app).get('/-/jwks.json');
  expect(answer.headers['content-type']).toContain('application/jwk-set+json');
  const { keys } = JSON.parse(answer.text ?? answer.body.toString()) as {
    keys: (JsonWebKey & { kid: string })[];
  };
  expect(keys.map(({ kid }) => kid)).toEqual(['ec', 'rsa']);
  for (const key of [ecKey, rsaKey]) {
    const tokens = createReaderTokens({ keys: [key], issuer: publicUrl, audience: publicUrl });
    const facts = { reader: rid('reader-1'), device: did('device-1'), entitlements: [], ttlSeconds: 3600 };
    const published = keys.find(({ kid }) => kid === key.kid);
    const verified = jwt.verify(
      tokens.sign(facts, noon),
      createPublicKey({ key: published ?? {}, format: 'jwk' }),
      {
        audience: publicUrl,
        clockTimestamp: noon / 1000,
      },
    );
    expect(verified).toMatchObject({ sub: 'reader-1', sid: 'device-1', ent: [] });
  }
});
