/** Says who is asking: the reader a token names, else a visitor, and what the browser should be told to keep. */
import type { DeviceState, DeviceView } from './device-view.ts';
import {
  type Asking,
  type Identity,
  readerIdentity,
  type VisitorSources,
  visitorIdentity,
} from './identity.ts';
import type { ReaderId } from './reader.ts';
import {
  clearedReaderCookie,
  cookieNames,
  cookieValues,
  readerCookie,
  signedOutCookies,
} from './reader-cookies.ts';
import type { ReaderTokens, TokenWhy } from './reader-token.ts';
import { createRecentIdentities } from './recent-identities.ts';
import type { Renewal } from './renew-token.ts';
import type { ReaderClaims } from './token-claims.ts';

export type { Asking, Identity } from './identity.ts';

/** At once for whoever is known to this process; a promise when a device or a renewal must be looked up. Never rejects. */
export type Identify = (asking: Asking, now: number) => Identity | Promise<Identity>;

interface Options extends VisitorSources {
  readonly tokens: Pick<ReaderTokens, 'verify'>;
  readonly devices: DeviceView;
  readonly renew: (token: string, claims: ReaderClaims, now: number) => Promise<Renewal>;
}

export const createIdentify = (options: Options): Identify => {
  const { tokens, devices, renew } = options;
  const recent = createRecentIdentities(({ asker: { reader } }) => {
    return !reader || belongs(devices.peek(reader.device), reader.id);
  });

  const asVisitor = (asking: Asking, now: number, more: Partial<Identity> = {}): Identity =>
    visitorIdentity(options, asking, now, more);

  const byDevice = (
    claims: ReaderClaims,
    asking: Asking,
    bearer: boolean,
    live: boolean,
    now: number,
  ): Identity => {
    if (live) return readerIdentity(options, claims, asking, bearer);
    return bearer
      ? asVisitor(asking, now, { bearer, tokenFault: 'device-signed-out' })
      : asVisitor(asking, now, { setCookies: signedOutCookies(asking.secure) });
  };

  const asReader = (
    claims: ReaderClaims,
    asking: Asking,
    bearer: boolean,
    now: number,
  ): Identity | Promise<Identity> => {
    const state = devices.peek(claims.device);
    if (state !== undefined) return byDevice(claims, asking, bearer, belongs(state, claims.reader), now);
    return devices.of(claims.device).then(
      (found) => byDevice(claims, asking, bearer, belongs(found, claims.reader), now),
      // The token is right and nobody can say that its device isn't: a paying reader isn't shut out by our failure.
      () => byDevice(claims, asking, bearer, true, now),
    );
  };

  const renewed = async (
    token: string,
    claims: ReaderClaims,
    asking: Asking,
    now: number,
  ): Promise<Identity> => {
    const renewal = await renew(token, claims, now);
    switch (renewal.kind) {
      case 'renewed': {
        const identity = readerIdentity(options, renewal.claims, asking, false);
        return {
          ...identity,
          setCookies: [...identity.setCookies, readerCookie(renewal.token, asking.secure)],
        };
      }
      case 'trusted':
        return readerIdentity(options, claims, asking, false);
      case 'unknown':
        return asVisitor(asking, now);
      case 'refused':
        return asVisitor(asking, now, { setCookies: signedOutCookies(asking.secure) });
    }
  };

  const byBearer = (token: string, asking: Asking, now: number): Identity | Promise<Identity> => {
    const verdict = tokens.verify(token, now);
    if (verdict.kind === 'valid') return asReader(verdict.claims, asking, true, now);
    const tokenFault = verdict.kind === 'expired' ? 'token-expired' : 'token-invalid';
    return asVisitor(asking, now, { bearer: true, tokenFault });
  };

  /** Only what was answered at once: whatever waited may have been overtaken. */
  const kept = (
    found: Identity | Promise<Identity>,
    asking: Asking,
    claims?: ReaderClaims,
  ): Identity | Promise<Identity> => {
    const settled =
      !(found instanceof Promise) &&
      !found.asker.newVisitor &&
      (found.asker.reader !== undefined) === (claims !== undefined);
    if (settled) recent.keep(asking, found, claims?.expiresAt ?? Number.POSITIVE_INFINITY);
    return found;
  };

  const byCookie = (values: readonly string[], asking: Asking, now: number): Identity | Promise<Identity> => {
    let expired: { token: string; claims: ReaderClaims } | undefined;
    let why: TokenWhy | undefined;
    for (const token of values) {
      const verdict = tokens.verify(token, now);
      if (verdict.kind === 'valid')
        return kept(asReader(verdict.claims, asking, false, now), asking, verdict.claims);
      if (verdict.kind === 'expired') expired ??= { token, claims: verdict.claims };
      else why = verdict.why;
    }
    if (expired) return renewed(expired.token, expired.claims, asking, now);
    // An unknown key may be one that the other instances have already: taking the cookie away would sign out for good.
    const keeps = why === 'unknown-key';
    return asVisitor(asking, now, keeps ? {} : { setCookies: [clearedReaderCookie(asking.secure)] });
  };

  return (asking, now) => {
    const token = bearerToken(asking.authorization);
    if (token !== undefined) return byBearer(token, asking, now);
    const known = recent.find(asking, now);
    if (known) return known;
    const values = cookieValues(asking.cookieHeader, cookieNames(asking.secure).reader);
    return values.length > 0 ? byCookie(values, asking, now) : kept(asVisitor(asking, now), asking);
  };
};

/** Other schemes are the origin's business. */
const bearerToken = (authorization: string | undefined): string | undefined =>
  authorization === undefined ? undefined : /^Bearer +(\S+) *$/i.exec(authorization)?.[1];

const belongs = (state: DeviceState | undefined, reader: ReaderId): boolean =>
  typeof state === 'object' && state.reader === reader;
