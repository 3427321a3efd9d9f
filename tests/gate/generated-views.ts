/** Generated policies, articles and readers: small worlds in which rules, meters and products meet often enough to disagree. */
import * as fc from 'fast-check';
import type { Source } from '../../src/entitlements/entitlement.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { dayMs, noon } from '../support/start-gateway.ts';

const publications = ['tidewater', 'lamp'] as const;
/** In the order in which a reader's entitlements are listed. */
const products = ['all', 'archive', 'tide'] as const;
const meters = ['main', 'other'] as const;
const levels = ['open', 'registered', 'metered', 'locked'] as const;
const sections = ['World', 'food', 'IDEAS'] as const;
const tags = ['sea', 'Night', 'craft'] as const;

const some = <T>(values: readonly T[], maxLength = 2) =>
  fc.subarray([...values], { minLength: 1, maxLength });

const count = fc.oneof(fc.constantFrom(0, 1, 200), fc.integer({ min: 0, max: 900 }));

const cutoff = fc.oneof(
  fc.record({ characters: count, ending: fc.constantFrom('exact', 'word', 'sentence') }),
  fc.record({ words: fc.integer({ min: 0, max: 120 }) }),
  fc.record({ paragraphs: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ percent: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ marker: fc.constant('more'), otherwise: fc.record({ characters: count }) }),
);

const when = fc
  .record(
    {
      publication: some(publications),
      section: some(['world', 'Food', 'Ideas']),
      tag: some(['sea', 'night', 'Craft']),
      author: some(['ann', 'Bo']),
      path: some(['/tidewater/**', '/lamp/*', '/**']),
      language: some(['en', 'en-GB', 'de']),
      level: some(levels),
      olderThanDays: fc.integer({ min: 0, max: 40 }),
      newerThanDays: fc.integer({ min: 1, max: 40 }),
    },
    { requiredKeys: [] },
  )
  .chain((all) =>
    fc.shuffledSubarray(Object.entries(all)).map((kept) => Object.fromEntries(kept.slice(0, 2))),
  );

const terms = {
  access: fc.constantFrom(...levels, 'metered', 'own-or-metered', 'own-or-locked', 'own-or-registered'),
  meter: fc.constantFrom(...meters),
  products: some(products),
};

const meter = fc.record(
  {
    window: fc.constantFrom('day', 'week', 'month', '30 days', '7 days'),
    visitor: fc.integer({ min: 0, max: 4 }),
    registered: fc.integer({ min: 0, max: 6 }),
    on: fc.constantFrom(true, true, true, false),
    networkAllowance: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: ['window', 'visitor', 'registered'] },
);

/** JSON, which is YAML; without cards, since those change with what was read before. */
export const policyTexts: fc.Arbitrary<string> = fc
  .record({
    site: fc.record({
      name: fc.constantFrom('The Reader', 'Läs & “skriv”'),
      language: fc.constantFrom('en', 'de', 'ar', 'zh', 'fr'),
      timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York'),
    }),
    publications: fc.constant(
      publications.map((id) => ({ id, name: id.toUpperCase(), paths: [`/${id}/**`] })),
    ),
    products: fc.constant(products.map((id) => ({ id, name: `All of ${id}` }))),
    plans: fc.subarray([
      { id: 'month', name: 'Monthly', products: ['all'] },
      { id: 'tide', name: 'Tide alone', products: ['tide', 'archive'] },
    ]),
    meters: fc.record({ main: meter, other: meter }),
    articles: fc.record({
      paths: fc.constantFrom(['/tidewater/*', '/lamp/*'], ['/tidewater/*'], []),
      body: fc.constantFrom('.article-body', '.article-body', '.elsewhere'),
    }),
    cutoff,
    rules: fc
      .array(fc.record({ when, ...terms, cutoff: fc.option(cutoff, { nil: undefined, freq: 2 }) }), {
        maxLength: 5,
      })
      .map((rules) => rules.map((rule, place) => ({ name: `rule-${place}`, ...rule }))),
    otherwise: fc.record(terms),
    preview: fc.record({
      moreFrom: fc.constant(false),
      related: fc.constant(false),
      notice: fc.boolean(),
    }),
  })
  .map((policy) => JSON.stringify(policy))
  // Such as one whose articles are older than ten days and younger than five.
  .filter((text) => loadPolicy(text, 'policy.yaml').kind === 'ok');

export interface GeneratedArticle {
  readonly publication: string;
  readonly level?: string;
  readonly section?: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly language?: string;
  readonly ageDays?: number;
  readonly paragraphs: number;
  readonly marked: boolean;
}

export const articles: fc.Arbitrary<GeneratedArticle> = fc.record(
  {
    publication: fc.constantFrom(...publications),
    level: fc.constantFrom(...levels),
    section: fc.constantFrom(...sections),
    tags: fc.subarray([...tags]),
    authors: fc.subarray(['Ann', 'Bo']),
    language: fc.constantFrom('en', 'en-GB', 'de', 'ar'),
    ageDays: fc.integer({ min: 0, max: 50 }),
    paragraphs: fc.integer({ min: 1, max: 7 }),
    marked: fc.boolean(),
  },
  { requiredKeys: ['publication', 'tags', 'authors', 'paragraphs', 'marked'] },
);

/** What the origin says of it. */
export const headerOf = (article: GeneratedArticle): string =>
  [
    `publication=${article.publication}`,
    ...(article.level ? [`level=${article.level}`] : []),
    ...(article.section ? [`section="${article.section}"`] : []),
    ...(article.tags.length > 0 ? [`tags="${article.tags.join(',')}"`] : []),
    ...(article.authors.length > 0 ? [`authors="${article.authors.join(',')}"`] : []),
    ...(article.language ? [`language=${article.language}`] : []),
    ...(article.ageDays === undefined
      ? []
      : [`published=${new Date(noon - article.ageDays * dayMs).toISOString()}`]),
  ].join('; ');

/** Occurs once in the article, in its place-th paragraph. */
export const wordOf = (slug: string, place: number): string => `paragraph-${place}-of-${slug}`;

export const bodyOf = (slug: string, { paragraphs, marked }: GeneratedArticle): string =>
  Array.from(
    { length: paragraphs },
    (_, place) =>
      `${marked && place === 1 ? '<!--more-->' : ''}<p>Here is ${wordOf(slug, place)}. It goes on for a while, with a harbour, a road and an ordinary day in it, and then it ends.</p>`,
  ).join('\n');

/** `how`: made up, or somebody who is there, by their address or their number. */
export interface GeneratedReader {
  readonly who: 'visitor' | 'registered' | 'entitled' | 'crawler';
  readonly how: 'made-up' | 'their-own';
  readonly reads: number;
  readonly source: Source;
  readonly products: readonly (typeof products)[number][];
  readonly endsInDays: number;
  readonly paymentDue: boolean;
}

export const readers: fc.Arbitrary<GeneratedReader> = fc.record({
  who: fc.constantFrom('visitor', 'visitor', 'registered', 'entitled', 'entitled', 'crawler'),
  how: fc.constantFrom('made-up', 'made-up', 'their-own'),
  reads: fc.integer({ min: 0, max: 6 }),
  source: fc.constantFrom('subscription', 'pass', 'comp', 'gift', 'group', 'institution'),
  products: some(products),
  endsInDays: fc.constantFrom(-1, 0, 1, 20, 400),
  paymentDue: fc.boolean(),
});
