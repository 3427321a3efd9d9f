/** `/tokens`: what programs show in place of a person. */
import { z } from 'zod';
import { type Call, call, ok, problem } from '../api/call.ts';
import { iso, moment } from '../api/moment.ts';
import { type ListedToken, type ManageTokens, maxTokenDays } from '../operators/manage-tokens.ts';
import { roles } from '../operators/may.ts';
import type { ApiTokenId } from '../operators/operator.ts';
import { teamFaults } from './team-notices.ts';

interface Options {
  readonly tokens: ManageTokens;
}

export const tokenCalls = (options: Options): readonly Call[] => [
  listTokens(options),
  makeToken(options),
  revokeToken(options),
];

const role = z.enum(roles);

const shownToken = z.strictObject({
  id: z.string(),
  name: z.string(),
  role,
  createdBy: z.string(),
  createdAt: moment,
  expiresAt: moment,
  lastUsedAt: moment.optional().describe('To the minute; absent: not used yet'),
});

const listTokens = ({ tokens }: Options): Call =>
  call({
    id: 'listTokens',
    method: 'get',
    path: '/tokens',
    action: 'see-tokens',
    group: 'Team',
    summary: 'The API tokens, the newest first, without what is sent.',
    answer: z.strictObject({ tokens: z.array(shownToken) }),
    run: async () => ok({ tokens: (await tokens.list()).map(shown) }),
  });

const dayMs = 86_400_000;

const makeToken = ({ tokens }: Options): Call =>
  call({
    id: 'makeToken',
    method: 'post',
    path: '/tokens',
    action: 'make-token',
    group: 'Team',
    summary: 'Makes an API token, which stands in this answer and never again anywhere.',
    body: z.strictObject({
      name: z.string().describe('At most 60 characters; what the audit log calls it'),
      role,
      days: z.int().min(1).max(maxTokenDays).describe('How long it is good for'),
    }),
    answer: z.strictObject({
      secret: z.string().describe('Sent as `Authorization: Bearer …`'),
      token: shownToken,
    }),
    problems: ['name-taken'],
    run: async ({ body: { name, role, days }, operator, now }) => {
      const made = await tokens.make({ name, role, expiresAt: now + days * dayMs }, operator, now);
      switch (made.kind) {
        case 'made':
          return ok({ secret: made.token, token: shown(made.listed) });
        case 'name-taken':
          return problem(made.kind);
        case 'name-invalid':
          return problem('request-invalid', { faults: [faultAt('name', teamFaults[made.kind])] });
        case 'expiry-invalid':
          return problem('request-invalid', { faults: [faultAt('days', teamFaults[made.kind])] });
        default:
          return made satisfies never;
      }
    },
  });

const faultAt = (at: string, message: string) => ({ in: 'body', at, message });

const revokeToken = ({ tokens }: Options): Call =>
  call({
    id: 'revokeToken',
    method: 'delete',
    path: '/tokens/:id',
    action: 'revoke-token',
    group: 'Team',
    summary: 'Revokes an API token: what uses it is refused with its very next request.',
    params: z.strictObject({ id: z.string().regex(/^[\w-]{22}$/) }),
    answer: z.strictObject({ id: z.string() }),
    problems: ['token-not-found'],
    run: async ({ params: { id }, operator, now }) => {
      const { kind } = await tokens.revoke(id as ApiTokenId, operator, now);
      return kind === 'revoked' ? ok({ id }) : problem(kind);
    },
  });

const shown = ({ createdAt, expiresAt, lastUsedAt, ...token }: ListedToken): z.input<typeof shownToken> => ({
  ...token,
  createdAt: iso(createdAt),
  expiresAt: iso(expiresAt),
  ...(lastUsedAt === undefined ? {} : { lastUsedAt: iso(lastUsedAt) }),
});
