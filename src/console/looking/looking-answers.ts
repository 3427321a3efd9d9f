/** What the calls for looking answer: decisions, and the facts behind them. */
import { z } from 'zod';
import { moment } from '../api/moment.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const entitlement = {
  id: z.string(),
  product: z.string(),
  source: z.enum(['subscription', 'pass', 'comp', 'group', 'institution', 'gift']),
  startsAt: moment,
  endsAt: moment,
  paymentDue: z.literal(true).optional(),
};

const decided = {
  reason: z.string(),
  rule: z.string(),
  policyVersion: z.string(),
  standing: z
    .strictObject({ meter: z.string(), left: z.number(), of: z.number(), resetsAt: moment })
    .optional(),
};

export const decision = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('full'),
    ...decided,
    entitlement: z.strictObject(entitlement).optional(),
  }),
  z.strictObject({
    outcome: z.literal('preview'),
    ...decided,
    prompt: z.enum(['register', 'subscribe']),
    products: list(z.string()),
  }),
]);

const seenOf = { header: z.string().describe('`Gatefold-Access`, as it is served.'), decision };

export const seeAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('page'),
    status: z.number(),
    contentType: z.string(),
    ...seenOf,
    html: z.string().optional().describe('The page as it is served; absent where it isn’t HTML.'),
  }),
  z.strictObject({
    kind: z.literal('no-page'),
    why: z.enum(['not-text', 'unseen']),
    ...seenOf,
  }),
  z.strictObject({ kind: z.literal('not-an-article') }),
  z.strictObject({ kind: z.literal('feed') }),
]);

const accessLevel = z.enum(['open', 'registered', 'metered', 'locked']);

const article = z.strictObject({
  id: z.string(),
  path: z.string(),
  title: z.string(),
  publication: z.string(),
  section: z.string().optional(),
  tags: list(z.string()),
  authors: list(z.string()),
  language: z.string(),
  publishedAt: moment.optional(),
  updatedAt: moment.optional(),
  ownLevel: accessLevel.optional(),
  summary: z.string().optional(),
  image: z.string().optional(),
});

const rule = z.discriminatedUnion('matched', [
  z.strictObject({ rule: z.string(), matched: z.literal(true), access: accessLevel }),
  z.strictObject({ rule: z.string(), matched: z.literal(false), whyNot: z.string() }),
]);

const reading = z.strictObject({
  outcome: z.enum(['charged', 'known', 'available', 'exhausted', 'network-exhausted']),
  used: z.number(),
  resetsAt: moment,
});

const meter = z.union([
  z.strictObject({
    meter: z.string(),
    reading: z.literal('unavailable'),
    whenDown: z.enum(['preview', 'full']),
  }),
  z.strictObject({
    meter: z.string(),
    reading,
    allowance: z.number(),
    counted: list(z.strictObject({ article: z.string(), readAt: moment })).optional(),
  }),
]);

const facts = z.strictObject({
  header: z.string(),
  article,
  rules: list(rule),
  nothingToWithhold: z.boolean(),
  products: list(z.string()),
  entitlements: z.strictObject({
    known: z.enum(['live', 'token']),
    list: list(z.strictObject({ ...entitlement, active: z.boolean() })),
  }),
  meter: meter.optional(),
  decision,
});

const reference = z.strictObject({
  code: z.string(),
  article: z.string(),
  policyVersion: z.string(),
  rule: z.string(),
  reason: z.string(),
  audience: z.enum(['visitor', 'registered']),
  standing: z
    .strictObject({ meter: z.string(), left: z.number(), of: z.number(), resetsOn: z.string() })
    .optional(),
  by: z.enum(['its-own', 'in-force']).describe('Whose rules `facts` are of: the prompt’s, or today’s.'),
});

export const explainAnswer = z.strictObject({
  lines: list(z.string()).describe('What `gatefold explain` prints.'),
  facts: facts.nullable().describe('Null where nothing is decided: no article, or a feed.'),
  policyNumber: z
    .number()
    .optional()
    .describe('The version that decided; absent where it was never published.'),
  reference: reference.optional().describe('What the reference stands for, where one was asked about.'),
});
