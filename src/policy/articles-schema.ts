/** How the policy file says what is an article, where its text is, and how it is kept and shown. */
import { z } from 'zod';
import {
  anyNumberOf,
  headerName,
  languageWord,
  nameGlob,
  oneOrMany,
  pathGlob,
  pointerWord,
  selectorWord,
} from './words-schema.ts';

/** From the surest to the loosest; the loosest still holds the whole text, so that nothing is missed. */
const commonBodies = [
  '[itemprop="articleBody"]',
  '.article-body',
  '.entry-content',
  '.post-content',
  'article',
];

/** What frameworks commonly call the cookie of somebody who is signed in. */
const commonPersonalCookies = [
  '*sess*',
  '*auth*',
  '*token*',
  '*login*',
  '*logged*',
  '*remember*',
  '*.sid',
  'wp-postpass_*',
];

const feedWay = z.enum(['cut', 'exclude', 'pass']);

export const articlesSchema = z.strictObject({
  paths: anyNumberOf(pathGlob).default([]).describe('Articles, whatever the page says of itself.'),
  ignore: anyNumberOf(pathGlob).default([]).describe('Never looked into: streams through as it is.'),
  metadata: z
    .boolean()
    .default(true)
    .describe('Recognise articles by JSON-LD, og:type and article:content_tier.'),
  body: anyNumberOf(selectorWord)
    .default(commonBodies)
    .describe('CSS selectors of the article’s text; the first that finds something wins.'),
  json: z
    .array(
      z.strictObject({
        paths: oneOrMany(pathGlob),
        body: oneOrMany(pointerWord).describe(
          'JSON Pointers to the text; * stands for every element of a list.',
        ),
      }),
    )
    .max(1000)
    .default([])
    .describe('Articles as JSON.'),
  feeds: z
    .union([feedWay, z.array(z.strictObject({ paths: oneOrMany(pathGlob), way: feedWay })).max(1000)])
    .default('cut')
    .transform((feeds) => (typeof feeds === 'string' ? [{ paths: ['/**'], way: feeds }] : feeds))
    .describe(
      'What happens to gated articles in RSS, Atom and JSON feeds: in all, or by path, where the first entry that covers it counts.',
    ),
});

export const previewSchema = z.strictObject({
  moreFrom: z.boolean().default(true).describe('Cards of the same publication after the prompt.'),
  related: z.boolean().default(true).describe('Cards on the same topics.'),
  notice: z.boolean().default(true).describe('“2 of 3 free articles left” on metered reads.'),
  hydration: z
    .enum(['drop', 'keep'])
    .default('drop')
    .describe(
      'Previews whose page data had to be cleaned: drop the scripts of known frameworks that would render the page from them, or keep them.',
    ),
});

export const whenDownSchema = z.strictObject({
  meter: z
    .enum(['preview', 'full'])
    .default('preview')
    .describe('Free reads can’t be counted: show previews, or let everyone read.'),
  entitlements: z
    .enum(['token', 'preview'])
    .default('token')
    .describe('Subscriptions can’t be looked up: trust what the reader’s token says, or show previews.'),
});

const year = 366 * 24 * 3600;

export const originHeadersSchema = z.strictObject({
  pass: anyNumberOf(nameGlob)
    .default([])
    .describe(
      'Headers of such names reach what stands in front of Gatefold, though they command it: X-Accel-Buffering, say.',
    ),
});

export const originCacheSchema = z.strictObject({
  seconds: z
    .number()
    .int()
    .min(0)
    .max(year)
    .default(60)
    .describe('Keep an article this long where its origin says nothing. 0: not at all.'),
  staleSeconds: z
    .number()
    .int()
    .min(0)
    .max(year)
    .default(86_400)
    .describe('Serve it this much longer while a new copy is fetched or the origin is down.'),
  personalCookies: anyNumberOf(nameGlob)
    .default(commonPersonalCookies)
    .describe('Readers with a cookie of such a name get pages of their own from the origin, never kept.'),
  harmlessCookies: anyNumberOf(nameGlob)
    .default([])
    .describe('Cookies, beside those of counters and the like, that change nothing of an article’s page.'),
  vary: anyNumberOf(headerName)
    .default([])
    .describe(
      'Keep copies apart by these headers of readers, too. What the origin names in Vary needs no line.',
    ),
  userAgents: z
    .enum(['device', 'exact'])
    .default('device')
    .describe('Where a copy depends on User-Agent: one for each kind of device, or one for each User-Agent.'),
  languages: anyNumberOf(languageWord)
    .default([])
    .describe('Where a copy depends on Accept-Language: the languages that the site has. None: any.'),
});
