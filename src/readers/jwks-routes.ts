/** `/-/jwks.json`: the public keys of reader tokens. */
import { Router } from 'express';
import type { TokenKeySetting } from '../settings.ts';
import { publicJwks } from './jwks.ts';

export const jwksRoutes = (keys: readonly TokenKeySetting[]): Router => {
  const body = JSON.stringify(publicJwks(keys));
  const routes = Router();
  // Short enough that a new key is known everywhere before it is the first to sign.
  routes.get('/-/jwks.json', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=300').type('application/jwk-set+json').send(body);
  });
  return routes;
};
