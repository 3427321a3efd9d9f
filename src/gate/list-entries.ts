/** Which articles a JSON document holds the text of: each text belongs to the innermost object round it that an article stands behind. */
import type { ArticleId } from '../article/article.ts';
import type { JsonSurvey, SurveyedText } from '../preview/json-survey.ts';
import { articleByPath } from './article-by-path.ts';
import type { ArticlePage, EntryArticle } from './found.ts';
import { type StatedAddress, statedAddresses } from './json-address.ts';
import type { Standing } from './look-up.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export interface ListEntry {
  /** Undefined: nobody knows whose text it is. */
  readonly article: EntryArticle | ArticlePage | undefined;
  /** Places in the survey's texts. */
  readonly texts: readonly number[];
  /** What it stands in, by where that begins. */
  readonly nodes: readonly number[];
  /** Of all its texts, in characters. */
  readonly length: number;
}

/** For each part of a survey, the pages that may stand behind it. */
export type PartAddresses = readonly (readonly StatedAddress[])[];

export const partAddresses = (
  { parts }: JsonSurvey,
  hosts: readonly string[],
  rules: PolicyInForce,
): PartAddresses => parts.map((part) => statedAddresses(part, hosts, rules));

/** All that is stated: every text's best guess comes before anybody's second one. */
export const addressesInOrder = ({ texts }: JsonSurvey, parts: PartAddresses): StatedAddress[] => {
  const each = [...new Set(texts.map(({ within }) => within.join()))].map((within) =>
    within === '' ? [] : within.split(',').flatMap((place) => parts[Number(place)] ?? []),
  );
  const longest = each.reduce((most, { length }) => Math.max(most, length), 0);
  const found = new Map<string, StatedAddress>();
  for (let place = 0; place < longest; place += 1)
    for (const addresses of each) {
      const address = addresses[place];
      if (address && !found.has(address.target)) found.set(address.target, address);
    }
  return [...found.values()];
};

interface Facts {
  readonly survey: JsonSurvey;
  readonly addresses: PartAddresses;
  readonly standings: ReadonlyMap<string, Standing>;
  /** The article whose form the document is as a whole. */
  readonly own: EntryArticle | undefined;
}

/** Where the document itself begins. */
export const wholeDocument = 0;

export const entriesOf = (facts: Facts, rules: PolicyInForce): ListEntry[] => {
  const entries = new Map<ArticleId | undefined, Gathered>();
  const owners = new Map<number, EntryArticle | undefined>();
  const articleBehind = (part: number): EntryArticle | undefined => {
    if (!owners.has(part))
      owners.set(part, articleAmong(facts.addresses[part] ?? [], facts.standings, rules));
    return owners.get(part);
  };
  for (const [place, text] of facts.survey.texts.entries()) {
    const { article, node } = ownerOf(text, facts, articleBehind);
    const id = article?.article.id;
    const entry = entries.get(id) ?? { article, texts: [], nodes: new Set<number>(), length: 0 };
    entry.texts.push(place);
    entry.nodes.add(node);
    entry.length += text.length;
    entries.set(id, entry);
  }
  return [...entries.values()].map((entry) => ({ ...entry, nodes: [...entry.nodes] }));
};

interface Gathered {
  readonly article: EntryArticle | undefined;
  readonly texts: number[];
  readonly nodes: Set<number>;
  length: number;
}

const ownerOf = (
  { within, element }: SurveyedText,
  { survey, own }: Facts,
  articleBehind: (part: number) => EntryArticle | undefined,
): { readonly article: EntryArticle | undefined; readonly node: number } => {
  for (const place of within) {
    const article = articleBehind(place);
    if (article) return { article, node: survey.parts[place]?.node ?? wholeDocument };
  }
  return own ? { article: own, node: wholeDocument } : { article: undefined, node: element ?? wholeDocument };
};

/**
 * Where an article's page can't be looked at, nobody gets the article for free; where there is none, its address is all that
 * anybody knows.
 */
export const articleAmong = (
  addresses: readonly StatedAddress[],
  standings: ReadonlyMap<string, Standing>,
  rules: PolicyInForce,
): EntryArticle | undefined => {
  let other: EntryArticle | undefined;
  for (const address of addresses) {
    const standing = standings.get(address.target);
    if (standing?.kind === 'article') return standing;
    const isUnseen = standing?.kind === 'unavailable' || standing?.kind === 'unseen';
    const isNamed = standing && !address.guessed && rules.matcher.isArticlePath(address.path);
    if (!isUnseen && !isNamed) continue;
    const found = { kind: 'article', article: articleByPath(address, rules) } as const;
    other ??= isUnseen ? { ...found, unjudged: true } : found;
  }
  return other;
};
