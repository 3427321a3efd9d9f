/** What the calls about rules answer. */
import { z } from 'zod';

const texts = z.array(z.string()).readonly();

const when = z.strictObject({
  publication: texts.optional(),
  section: texts.optional(),
  tag: texts.optional(),
  author: texts.optional(),
  path: texts.optional(),
  language: texts.optional(),
  level: texts.optional(),
  olderThanDays: z.number().optional(),
  newerThanDays: z.number().optional(),
});

const counted = {
  by: z.enum(['characters', 'words', 'paragraphs', 'percent']),
  count: z.number(),
  ending: z.enum(['exact', 'word', 'sentence']),
  atMost: z
    .number()
    .optional()
    .describe('Percent of the article, however short it is; absent: all of it may be shown.'),
};

export const terms = z.strictObject({
  access: z.enum(['open', 'registered', 'metered', 'locked']),
  ownLevelFirst: z.boolean().describe('An article that states a level of its own gets that one.'),
  meter: z.string().nullable(),
  products: texts.describe('An entitlement to any of these opens the articles.'),
  cutoff: z.union([
    z.strictObject(counted),
    z.strictObject({ by: z.literal('marker'), marker: z.string(), fallback: z.strictObject(counted) }),
  ]),
});

export const matched = z.strictObject({ views: z.number().int(), previews: z.number().int() });

export const rule = z.strictObject({
  name: z.string(),
  when: when.describe('All that are given have to hold; of a list, any one. Empty: every article.'),
  terms,
  sentence: z.string(),
  shadowedBy: z.string().nullable().describe('The first rule above that takes all of its articles.'),
  matched7Days: matched
    .nullable()
    .describe('Views of the last 7 days that it decided under this name; null: not published under it yet.'),
});

export const matchedRule = z
  .strictObject({
    rule: z.string().describe('`otherwise` where no rule holds.'),
    above: z.array(z.strictObject({ rule: z.string(), whyNot: z.string() })),
  })
  .nullable();
