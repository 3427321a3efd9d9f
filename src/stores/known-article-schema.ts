/** What both stores keep of known articles and of learning, and believe when they read it back. */
import { z } from 'zod';
import type { Article } from '../article/article.ts';
import type { Cutoff } from '../policy/policy.ts';
import type { KnownArticle } from '../sentry/known-article.ts';
import type { LearnCounts, LearnRound, LearntAddress, Validators } from '../sentry/learn/learn-store.ts';
import { type FieldsOf, parseJson } from './json-schema.ts';

export type KnownFacts = Omit<KnownArticle, 'fingerprints' | 'publicRuns'>;

const text = z.string().min(1);
const count = z.int().nonnegative();
const moment = z.number();

const article = z.object({
  id: text,
  path: text,
  title: z.string(),
  publication: z.string(),
  section: z.string().optional(),
  tags: z.array(z.string()),
  authors: z.array(z.string()),
  language: z.string(),
  publishedAt: moment.optional(),
  updatedAt: moment.optional(),
  ownLevel: z.enum(['open', 'registered', 'metered', 'locked']).optional(),
  summary: z.string().optional(),
  image: z.string().optional(),
} satisfies FieldsOf<Article>);

type Counted = Exclude<Cutoff, { by: 'marker' }>;

const counted = z.object({
  by: z.enum(['characters', 'words', 'paragraphs', 'percent']),
  count: z.number(),
  ending: z.enum(['exact', 'word', 'sentence']),
  atMost: z.number().optional(),
} satisfies FieldsOf<Counted>);

const marker = z.object({
  by: z.literal('marker'),
  marker: z.string(),
  fallback: counted,
} satisfies FieldsOf<Extract<Cutoff, { by: 'marker' }>>);

const facts = z.object({
  address: text,
  article,
  units: count,
  cutoff: z.union([counted, marker]),
  previewUnits: count,
  contentHash: text,
  learntAt: moment,
} satisfies FieldsOf<KnownFacts>);

const validators = z.object({
  etag: text.optional(),
  lastModified: text.optional(),
} satisfies FieldsOf<Validators>);

const address = z.object({
  target: text,
  kind: z.enum(['found', 'article', 'page', 'list', 'other', 'gone']),
  depth: count.optional(),
  article: text.optional(),
  validators: validators.optional(),
  statedAt: moment.optional(),
  visitedAt: moment.optional(),
  changedAt: moment.optional(),
  nextAt: moment.optional(),
  readBy: text.optional(),
  goneSince: moment.optional(),
  failures: count.optional(),
} satisfies FieldsOf<LearntAddress>);

const counts = z.object({
  known: count,
  of: count,
  visited: count,
  learnt: count,
  unchanged: count,
  failed: count,
  forgotten: count,
  leftOut: count,
} satisfies FieldsOf<LearnCounts>);

const round = z.object({
  startedAt: moment,
  finishedAt: moment.optional(),
  policyVersion: text,
  counts,
} satisfies FieldsOf<LearnRound>);

/** Undefined when the text is not such a record. */
export const parseKnownFacts = (json: string) => parseJson(facts, json) as KnownFacts | undefined;
export const parseAddress = (json: string) => parseJson(address, json) as LearntAddress | undefined;
export const parseRound = (json: string) => parseJson(round, json) as LearnRound | undefined;

/** @throws ZodError for what could not be read back. */
export const knownFactsJson = ({ fingerprints, publicRuns, ...kept }: KnownArticle): string =>
  JSON.stringify(facts.parse(kept));
export const addressJson = (value: LearntAddress): string => JSON.stringify(address.parse(value));
export const roundJson = (value: LearnRound): string => JSON.stringify(round.parse(value));
