/** API tokens: made once and shown once, listed, and revoked. */

import { apiTokenFrom } from './api-token-form.ts';
import { type Audit, actorOf } from './audit.ts';
import { credentialOf, secretBytes } from './credential.ts';
import type { Role } from './may.ts';
import type { ApiToken, ApiTokenId, Operator } from './operator.ts';
import type { OperatorStore } from './operator-store.ts';

/** Asks nobody whether `by` may: that was decided where the request came in. */
export interface ManageTokens {
  /** The newest first, without what could find one in a store. */
  list(): Promise<readonly ListedToken[]>;
  make(asked: TokenAsked, by: Operator, now: number): Promise<TokenMade>;
  revoke(id: ApiTokenId, by: Operator, now: number): Promise<TokenRevoked>;
}

export type ListedToken = Omit<ApiToken, 'hash' | 'appointment'>;

export interface TokenAsked {
  /** One line that isn't empty, of 60 characters at most: what the audit log calls it. */
  readonly name: string;
  readonly role: Role;
  /** In the future, and not more than `maxTokenDays` away. */
  readonly expiresAt: number;
}

export type TokenMade =
  /** The token is in this answer, and never again anywhere. */
  | { readonly kind: 'made'; readonly token: string; readonly listed: ListedToken }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'name-invalid' }
  | { readonly kind: 'expiry-invalid' };

export type TokenRevoked = { readonly kind: 'revoked' } | { readonly kind: 'token-not-found' };

/** What lives for ever is found by somebody in the end. */
export const maxTokenDays = 366;
const maxNameLength = 60;

interface Options {
  readonly store: OperatorStore;
  readonly audit: Audit;
  readonly random: (bytes: number) => string;
}

export const createManageTokens = (options: Options): ManageTokens => ({
  list: async () => (await options.store.apiTokens()).map(listed),
  make: (asked, by, now) => make(options, asked, by, now),
  revoke: (id, by, now) => revoke(options, id, by, now),
});

async function make(
  { store, audit, random }: Options,
  { name: typed, role, expiresAt }: TokenAsked,
  by: Operator,
  now: number,
): Promise<TokenMade> {
  const name = typed.trim();
  if (!isName(name)) return { kind: 'name-invalid' };
  const latest = now + maxTokenDays * 86_400_000;
  if (!Number.isSafeInteger(expiresAt) || expiresAt <= now || expiresAt > latest)
    return { kind: 'expiry-invalid' };
  const token = apiTokenFrom(random(secretBytes));
  const { id, hash } = credentialOf(token);
  const { email: createdBy, appointment } = by;
  const record = {
    id: id as ApiTokenId,
    hash,
    name,
    role,
    createdBy,
    appointment,
    createdAt: now,
    expiresAt,
  };
  const until = new Date(expiresAt).toISOString().slice(0, 10);
  const deed = {
    who: actorOf(by),
    what: 'make-token',
    about: [id],
    changed: `${name}: ${role} until ${until}`,
  } as const;
  const added = await audit.carryOut(deed, now, {
    run: () => store.putApiToken(record),
    cameToNothing: (done) => !done,
  });
  return added ? { kind: 'made', token, listed: listed(record) } : { kind: 'name-taken' };
}

/** Letters, digits, and what stands between them: a name must look like what it is, in every list. */
const isName = (name: string): boolean =>
  name.length <= maxNameLength &&
  /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._:/#()+-]*[\p{L}\p{M}\p{N})])?$/u.test(name);

async function revoke(
  { store, audit }: Options,
  id: ApiTokenId,
  by: Operator,
  now: number,
): Promise<TokenRevoked> {
  const token = await store.apiToken(id);
  if (!token) return { kind: 'token-not-found' };
  const deed = { who: actorOf(by), what: 'revoke-token', about: [id], changed: token.name } as const;
  const removed = await audit.carryOut(deed, now, {
    run: () => store.removeApiToken(id),
    cameToNothing: (done) => done === undefined,
  });
  return { kind: removed ? 'revoked' : 'token-not-found' };
}

const listed = ({ hash: _, appointment: __, ...token }: ApiToken): ListedToken => token;
