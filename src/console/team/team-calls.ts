/** `/operators`: who may use the console, and what they may. */
import { z } from 'zod';
import { type Call, call, ok, problem } from '../api/call.ts';
import { iso, moment } from '../api/moment.ts';
import type { ChangeOperators } from '../operators/change-operators.ts';
import { roles } from '../operators/may.ts';
import { operatorEmail } from '../operators/operator-email-schema.ts';
import type { OperatorStore } from '../operators/operator-store.ts';
import { type SeenOperator, seenOperators } from './seen-operators.ts';

interface Options {
  readonly operators: ChangeOperators;
  readonly operatorStore: Pick<OperatorStore, 'devicesOfOperator'>;
}

export const teamCalls = (options: Options): readonly Call[] => [
  listOperators(options),
  inviteOperator(options),
  changeRole(options),
  removeOperator(options),
];

const role = z.enum(roles);

const shownOperator = z.strictObject({
  email: z.string(),
  role,
  bySettings: z.boolean().describe('Named by OPERATORS: changed there, and nowhere else'),
  invitedBy: z.string().optional(),
  invitedAt: moment.optional(),
  lastSeenAt: moment.optional(),
});

const listOperators = ({ operators, operatorStore }: Options): Call =>
  call({
    id: 'listOperators',
    method: 'get',
    path: '/operators',
    action: 'read',
    group: 'Team',
    summary: 'Who may use the console: owners by the settings first, then those who were invited.',
    answer: z.strictObject({ operators: z.array(shownOperator) }),
    run: async () => ok({ operators: (await seenOperators(operators, operatorStore)).map(shown) }),
  });

const shown = (operator: SeenOperator): z.input<typeof shownOperator> => {
  const { email, role, lastSeenAt } = operator;
  return {
    email,
    role,
    bySettings: operator.bySettings,
    ...(operator.bySettings ? {} : { invitedBy: operator.invitedBy, invitedAt: iso(operator.invitedAt) }),
    ...(lastSeenAt === undefined ? {} : { lastSeenAt: iso(lastSeenAt) }),
  };
};

const inviteOperator = ({ operators }: Options): Call =>
  call({
    id: 'inviteOperator',
    method: 'post',
    path: '/operators',
    action: 'invite',
    group: 'Team',
    summary: 'Invites somebody, who gets a mail with the console’s address.',
    body: z.strictObject({ email: operatorEmail, role }),
    answer: z.strictObject({
      mailed: z.boolean().describe('False: the mail failed, and the invitation holds all the same'),
    }),
    problems: ['operator-already'],
    run: async ({ body, operator, now }) => {
      const outcome = await operators.invite(body, operator, now);
      return outcome.kind === 'invited' ? ok({ mailed: outcome.mailed }) : problem(outcome.kind);
    },
  });

const byEmail = z.strictObject({ email: operatorEmail });

const changeRole = ({ operators }: Options): Call =>
  call({
    id: 'changeRole',
    method: 'put',
    path: '/operators/:email/role',
    action: 'change-role',
    group: 'Team',
    summary: 'Changes an operator’s role, from the next request on.',
    params: byEmail,
    body: z.strictObject({
      from: role.describe('As it was seen: of two who change it at once, one is told'),
      to: role,
    }),
    answer: z.strictObject({ email: z.string(), role }),
    problems: ['operator-not-found', 'owner-by-settings', 'changed-meanwhile'],
    run: async ({ params: { email }, body: { from, to }, operator, now }) => {
      const outcome = await operators.changeRole({ email, from, to }, operator, now);
      if (outcome.kind === 'changed') return ok({ email, role: to });
      return outcome.kind === 'changed-meanwhile'
        ? problem(outcome.kind, { role: outcome.role ?? null })
        : problem(outcome.kind);
    },
  });

const removeOperator = ({ operators }: Options): Call =>
  call({
    id: 'removeOperator',
    method: 'delete',
    path: '/operators/:email',
    action: 'remove-operator',
    group: 'Team',
    summary: 'Removes an operator: signed out everywhere, and the tokens they made are worth nothing.',
    params: byEmail,
    answer: z.strictObject({ email: z.string() }),
    problems: ['operator-not-found', 'owner-by-settings'],
    run: async ({ params: { email }, operator, now }) => {
      const { kind } = await operators.remove(email, operator, now);
      return kind === 'removed' ? ok({ email }) : problem(kind);
    },
  });
