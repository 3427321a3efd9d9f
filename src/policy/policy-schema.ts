/** The whole policy file: strict, with a default for everything, and described for the editors of publishers. */
import { z } from 'zod';
import {
  articlesSchema,
  originCacheSchema,
  originHeadersSchema,
  previewSchema,
  whenDownSchema,
} from './articles-schema.ts';
import {
  billingSchema,
  devicesSchema,
  meterSchema,
  planSchema,
  productSchema,
  publicationSchema,
  siteSchema,
} from './catalogue-schema.ts';
import { cutoffSchema } from './cutoff-schema.ts';
import { idPattern } from './id-word.ts';
import { otherwiseSchema, ruleSchema } from './rule-schema.ts';
import { sentrySchema } from './sentry-schema.ts';
import { staffSchema } from './staff-schema.ts';
import { judged } from './words-schema.ts';

export const defaultProduct = { id: 'all', name: 'All articles' } as const;
export const defaultMeterId = 'main';

const mostMeters = 1000;
const tooManyMeters = {
  message: `this has more than ${mostMeters} entries`,
  instead: `at most ${mostMeters} entries`,
};

export const policySchema = z
  .strictObject({
    site: siteSchema.prefault({}),
    publications: z.array(publicationSchema).max(1000).default([]),
    products: z
      .array(productSchema)
      .min(1)
      .max(1000)
      .default([defaultProduct])
      .describe('What readers can be entitled to. Default: one product, all.'),
    plans: z.array(planSchema).max(1000).default([]).describe('What is sold: products at a price.'),
    meters: judged(
      z.record(z.string().meta({ pattern: idPattern.source }), meterSchema),
      'too-long',
      (meters) => (Object.keys(meters).length > mostMeters ? tooManyMeters : undefined),
    )
      .prefault({ [defaultMeterId]: {} })
      .describe('Pools of free reads; rules share them. Default: one, main, of 3 reads a month.'),
    articles: articlesSchema.prefault({}).describe('What is an article, and where its text is.'),
    cutoff: cutoffSchema
      .prefault({ characters: 2000 })
      .describe('Where previews end. Default: after 2000 characters.'),
    rules: z
      .array(ruleSchema)
      .max(2000)
      .default([])
      .describe('In order; the first that holds for an article applies.'),
    otherwise: otherwiseSchema
      .prefault({})
      .describe(
        'Applies when no rule holds. Default: the article’s own level, or metered where it states none.',
      ),
    preview: previewSchema.prefault({}),
    whenDown: whenDownSchema.prefault({}).describe('What readers get while a store is down.'),
    billing: billingSchema.prefault({}).describe('How payments become access.'),
    devices: devicesSchema.prefault({}).describe('Where a reader can be signed in.'),
    originCache: originCacheSchema
      .prefault({})
      .describe('How long copies of the origin’s articles are kept.'),
    originHeaders: originHeadersSchema
      .prefault({})
      .describe('What the origin may say to what stands in front of Gatefold.'),
    staff: staffSchema
      .prefault({})
      .describe('How the origin’s own people are known, who get everything as the origin sends it.'),
    sentry: sentrySchema
      .prefault({})
      .describe('What is read for withheld text on its way out, and how the site is learnt.'),
    messages: z
      .record(z.string(), z.record(z.string().min(1), z.string().min(1).max(4000)))
      .default({})
      .describe('Language, then message, then your own text for it.'),
  })
  .meta({
    title: 'Gatefold policy',
    description: 'Who may read which articles, and what everyone else sees.',
  });

export type PolicyText = z.output<typeof policySchema>;

/** A shape fault as zod reports it, as far as the rest of the code reads it. */
export interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly params?: { readonly code?: unknown; readonly instead?: unknown } | undefined;
  readonly expected?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly values?: readonly unknown[] | undefined;
  readonly origin?: string | undefined;
  readonly minimum?: number | bigint | undefined;
  readonly maximum?: number | bigint | undefined;
  readonly errors?: readonly (readonly Issue[])[] | undefined;
}

export type ParsedPolicyText =
  | { readonly kind: 'ok'; readonly text: PolicyText }
  | { readonly kind: 'faulty'; readonly issues: readonly Issue[] };

export const parsePolicyText = (raw: unknown): ParsedPolicyText => {
  const parsed = policySchema.safeParse(raw);
  return parsed.success
    ? { kind: 'ok', text: parsed.data }
    : { kind: 'faulty', issues: parsed.error.issues as readonly Issue[] };
};

/** A JSON Schema, as `config/policy.schema.json` holds it for editors; draft 7, which the YAML editors know best. */
export const policyJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(policySchema, { io: 'input', target: 'draft-7' }),
});
