/** Comps by the management API: given to an address or a reader, and what is the publisher's own taken back. */
import { z } from 'zod';
import type { EntitlementId } from '../../entitlements/entitlement.ts';
import { readAddress } from '../../readers/read-address.ts';
import type { Email, ReaderId } from '../../readers/reader.ts';
import { type Answered, type Call, call, ok, problem } from '../api/call.ts';
import type { Comped } from './change-reader.ts';
import type { ReadersContext } from './readers-context.ts';

export const compCalls = (context: ReadersContext): readonly Call[] => [
  findReader(context),
  compToAddress(context),
  compToReader(context),
  revokeEntitlement(context),
];

const group = 'Readers';

const address = z.string().transform((text, checked): Email => {
  const email = readAddress(text);
  if (email === undefined) checked.addIssue({ code: 'custom', message: 'This isn’t an email address.' });
  return email ?? ('' as Email);
});

const terms = {
  product: z.string().max(254),
  until: z.iso.datetime({ offset: true }).describe('When it ends.'),
};
const given = z.strictObject({ reader: z.string(), entitlement: z.string() });

const findReader = ({ find }: ReadersContext): Call =>
  call({
    id: 'findReader',
    method: 'post',
    path: '/readers/find',
    action: 'read',
    group,
    summary:
      'The reader with an address, a number or a customer of Stripe’s. It changes nothing; nothing of it stands in an address.',
    body: z.strictObject({ search: z.string().min(1).max(254) }),
    answer: z.strictObject({ reader: z.string() }),
    problems: ['reader-unknown'],
    run: async ({ body }) => {
      const found = await find(body.search);
      return found.kind === 'reader' ? ok({ reader: found.id }) : problem('reader-unknown');
    },
  });

const compToAddress = ({ change }: ReadersContext): Call =>
  call({
    id: 'giveCompToAddress',
    method: 'post',
    path: '/readers/comps',
    action: 'grant',
    group,
    summary:
      'Gives a comp to an address, whether or not anybody has ever signed in with it. Nobody is written to.',
    body: z.strictObject({ email: address, ...terms }),
    answer: given,
    problems: ['product-unknown', 'comp-end-invalid'],
    run: async ({ body: { email, product, until }, operator, now }) =>
      answered(await change.comp({ email }, { product, endsAt: Date.parse(until) }, operator, now)),
  });

const compToReader = ({ change }: ReadersContext): Call =>
  call({
    id: 'giveComp',
    method: 'post',
    path: '/readers/:id/comps',
    action: 'grant',
    group,
    summary: 'Gives a reader a comp; one for each product, whose end moves when it is given again.',
    params: z.strictObject({ id: z.string().max(64) }),
    body: z.strictObject(terms),
    answer: given,
    problems: ['reader-unknown', 'product-unknown', 'comp-end-invalid'],
    run: async ({ params: { id }, body: { product, until }, operator, now }) =>
      answered(await change.comp(id as ReaderId, { product, endsAt: Date.parse(until) }, operator, now)),
  });

const answered = (comped: Comped): Answered<z.input<typeof given>> => {
  switch (comped.kind) {
    case 'given':
      return ok({ reader: comped.reader, entitlement: comped.entitlement });
    case 'end-invalid':
      return problem('comp-end-invalid');
    case 'reader-unknown':
    case 'product-unknown':
      return problem(comped.kind);
    default:
      return comped satisfies never;
  }
};

const revokeEntitlement = ({ change }: ReadersContext): Call =>
  call({
    id: 'revokeEntitlement',
    method: 'delete',
    path: '/readers/:id/entitlements/:entitlement',
    action: 'revoke',
    group,
    summary:
      'Takes back a comp, or another right that is the publisher’s own. What follows from Stripe is ended there.',
    params: z.strictObject({ id: z.string().max(64), entitlement: z.string().max(600) }),
    answer: z.strictObject({ revoked: z.string() }),
    problems: ['entitlement-unknown', 'entitlement-of-stripe'],
    run: async ({ params: { id, entitlement }, operator, now }) => {
      const { kind } = await change.revoke(id as ReaderId, entitlement as EntitlementId, operator, now);
      return kind === 'revoked' ? ok({ revoked: entitlement }) : problem(kind);
    },
  });
