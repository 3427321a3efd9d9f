/** `/-/console/team`: who may use the console, and the tokens of programs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../ops/clock.ts';
import { sendOn } from '../../readers/send-page.ts';
import type { ChangeOperators } from '../operators/change-operators.ts';
import type { ManageTokens } from '../operators/manage-tokens.ts';
import { may, roles } from '../operators/may.ts';
import type { ApiTokenId, Operator } from '../operators/operator.ts';
import { operatorEmail } from '../operators/operator-email-schema.ts';
import type { OperatorStore } from '../operators/operator-store.ts';
import type { RequireOperator } from '../shell/require-operator.ts';
import type { ShowPage } from '../shell/show-page.ts';
import { seenOperators } from './seen-operators.ts';
import { isTeamNotice, type TeamFault, type TeamNotice, teamFaults, teamNotices } from './team-notices.ts';
import { renderTeamPage, type TeamFacts } from './team-page.tsx';

interface Options extends RequireOperator {
  readonly showPage: ShowPage;
  readonly operators: ChangeOperators;
  readonly tokens: ManageTokens;
  readonly store: Pick<OperatorStore, 'devicesOfOperator'>;
  readonly clock: Clock;
}

const path = '/-/console/team';

export const teamRoutes = (options: Options): Router => {
  const { need } = options;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 20 });
  return Router()
    .get(path, need('read'), show(options))
    .post(`${path}/invite`, need('invite'), form, invite(options))
    .post(`${path}/role`, need('change-role'), form, changeRole(options))
    .post(`${path}/remove`, need('remove-operator'), form, remove(options))
    .post(`${path}/tokens`, need('make-token'), form, makeToken(options))
    .post(`${path}/tokens/revoke`, need('revoke-token'), form, revokeToken(options));
};

const show =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const { done } = request.query;
    const notice = isTeamNotice(done) ? { notice: teamNotices[done] } : {};
    await showTeam(options, request, response, 200, notice);
  };

type More = Pick<TeamFacts, 'notice' | 'fault' | 'made' | 'typed'>;

const showTeam = async (
  { operators, tokens, store, operatorOf, showPage, clock }: Options,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  more: More,
): Promise<void> => {
  const actor = actorOf(operatorOf(request));
  const seesTokens = may(actor, 'see-tokens') === 'allowed';
  const facts: TeamFacts = {
    operators: await seenOperators(operators, store),
    mayChange: may(actor, 'invite') === 'allowed',
    ...(seesTokens ? { tokens: await tokens.list() } : {}),
    ...more,
    now: clock(),
  };
  showPage(request, response, status, (frame) => renderTeamPage(frame, facts));
};

const actorOf = ({ role, via }: Operator) => ({ role, by: via.kind });

const role = z.enum(roles);
const inviteForm = z.object({ email: operatorEmail, role });

const invite =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const typed = { email: textOf(request.body, 'email') };
    const asked = inviteForm.safeParse(request.body);
    if (!asked.success) return refuse(options, request, response, 'email', { typed });
    const outcome = await options.operators.invite(asked.data, options.operatorOf(request), options.clock());
    if (outcome.kind === 'operator-already')
      return refuse(options, request, response, outcome.kind, { typed });
    goOn(response, outcome.mailed ? 'invited' : 'invited-not-mailed');
  };

const roleForm = z.object({ email: operatorEmail, from: role, to: role });

const changeRole =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const asked = roleForm.safeParse(request.body);
    if (!asked.success) return refuse(options, request, response, 'role-invalid');
    const { operators, operatorOf, clock } = options;
    const { kind } = await operators.changeRole(asked.data, operatorOf(request), clock());
    if (kind !== 'changed') return refuse(options, request, response, kind);
    goOn(response, 'role-changed');
  };

const removeForm = z.object({ email: operatorEmail });

const remove =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const asked = removeForm.safeParse(request.body);
    if (!asked.success) return refuse(options, request, response, 'operator-not-found');
    const { operators, operatorOf, clock } = options;
    const { kind } = await operators.remove(asked.data.email, operatorOf(request), clock());
    if (kind !== 'removed') return refuse(options, request, response, kind);
    goOn(response, 'removed');
  };

const tokenForm = z.object({ name: z.string(), role, days: z.coerce.number().int().min(1).max(366) });

const makeToken =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const typed = { tokenName: textOf(request.body, 'name') };
    const asked = tokenForm.safeParse(request.body);
    if (!asked.success) return refuse(options, request, response, 'expiry-invalid', { typed });
    const { tokens, operatorOf, clock } = options;
    const now = clock();
    const { name, role, days } = asked.data;
    const wanted = { name, role, expiresAt: now + days * 86_400_000 };
    const outcome = await tokens.make(wanted, operatorOf(request), now);
    if (outcome.kind !== 'made') return refuse(options, request, response, outcome.kind, { typed });
    const made = { name: outcome.listed.name, token: outcome.token };
    // No redirect: the token would have to wait somewhere for the next request.
    await showTeam(options, request, response, 200, { made });
  };

const revokeForm = z.object({ id: z.string().regex(/^[\w-]{22}$/) });

const revokeToken =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const asked = revokeForm.safeParse(request.body);
    if (!asked.success) return refuse(options, request, response, 'token-not-found');
    const { tokens, operatorOf, clock } = options;
    const id = asked.data.id as ApiTokenId;
    const { kind } = await tokens.revoke(id, operatorOf(request), clock());
    if (kind !== 'revoked') return refuse(options, request, response, kind);
    goOn(response, 'token-revoked');
  };

/** The page once more, with what was typed and why it came back. */
const refuse = (
  options: Options,
  request: Request,
  response: Response,
  fault: TeamFault,
  more: More = {},
): Promise<void> =>
  showTeam(options, request, response, statusOf(fault), { fault: teamFaults[fault], ...more });

const statusOf = (fault: TeamFault): number => (misread.includes(fault) ? 400 : 409);
const misread: readonly TeamFault[] = ['email', 'role-invalid', 'name-invalid', 'expiry-invalid'];

const goOn = (response: Response, done: TeamNotice): void => sendOn(response, `${path}?done=${done}`);

const textOf = (body: unknown, name: string): string => {
  const text: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof text === 'string' ? text.slice(0, 254) : '';
};
