/** How the policy file says what is read for withheld text on its way out, and how the site is learnt. */
import { z } from 'zod';
import { addressPatternFault } from './address-pattern.ts';
import { anyNumberOf, judged, pathGlob } from './words-schema.ts';

const addressPattern = judged(z.string().min(1).max(500), 'invalid-pattern', addressPatternFault).meta({
  pattern: '^/.*\\{article\\}',
  examples: ['/api{article}', '/api/stories/{article}.json', '/read?page={article}'],
});

export const learnSchema = z.strictObject({
  on: z
    .boolean()
    .default(true)
    .describe('Fetch the site’s articles ahead, so that their text is known before anybody asks.'),
  perSecond: z
    .number()
    .min(0.1)
    .max(100)
    .default(5)
    .describe('Questions to the origin in a second, at most. A folder is read as fast as it can be.'),
  maxArticles: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(100_000)
    .describe('Addresses that are kept in mind; further ones are left out.'),
  everyMinutes: z
    .number()
    .int()
    .min(5)
    .max(10_080)
    .default(60)
    .describe('How often what is new is looked for.'),
});

export const sentrySchema = z.strictObject({
  on: z
    .boolean()
    .default(true)
    .describe('Read every textual answer for withheld text. false: only what is known by its name is gated.'),
  pass: anyNumberOf(pathGlob)
    .default([])
    .describe('Never read, such as an API for partners who have paid: it may give every text away.'),
  stop: anyNumberOf(pathGlob)
    .default([])
    .describe('Refused with 403 where withheld text is found, instead of being cleaned.'),
  forms: z
    .array(
      z.strictObject({
        path: addressPattern.describe(
          'An address, with {article} where the article’s own path stands in it.',
        ),
        article: addressPattern
          .default('{article}')
          .describe('The article’s path. Default: what stands in the place of {article}.'),
      }),
    )
    .max(1000)
    .default([])
    .describe('Addresses that give an article in another form: decided as the article’s page is.'),
  learn: learnSchema.prefault({}).describe('How the site’s articles are learnt.'),
  memoryMiB: z
    .number()
    .int()
    .min(4)
    .max(4096)
    .default(64)
    .describe(
      'Memory for what is known; when it is full, longer stretches are needed to know a text again. Taken at the start.',
    ),
});
