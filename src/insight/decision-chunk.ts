/** Views of the decision log, packed: what many of them share is written once, and the rest squeezed. */
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { articlePathOf } from '../article/article-id.ts';
import type { MeterId, PolicyVersion, ProductId, RuleId } from '../policy/policy.ts';
import {
  type PackedArticle,
  type PackedChunk,
  type PackedHolding,
  type PackedSituation,
  type PackedStanding,
  readPackedChunk,
} from './decision-chunk-schema.ts';
import type { HeldProduct, LoggedArticle, LoggedView, NetworkKey, ReaderKey } from './logged-view.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Bytes; a chunk that unpacks to more wasn't written here. */
const largestChunk = 16 * 1024 * 1024;
const dayMs = 86_400_000;

/** As text, sorted by time; views of different instances' clocks may have come in any order. */
export const encodeChunk = async (views: readonly LoggedView[]): Promise<string> => {
  const packed = packedChunk(views.toSorted((one, other) => one.at - other.at));
  return (await deflate(JSON.stringify(packed), { level: 6 })).toString('base64');
};

/**
 * Undefined when the text isn't what `encodeChunk` made.
 *
 * @param articleOf gives one object for equal articles, so that whoever judges articles judges each once.
 */
export const decodeChunk = async (
  data: string,
  articleOf: (packed: PackedArticle) => LoggedArticle = articleFrom,
): Promise<readonly LoggedView[] | undefined> => {
  const packed = readPackedChunk(await unpacked(data));
  return packed && viewsFrom(packed, articleOf);
};

const unpacked = async (data: string): Promise<unknown> => {
  try {
    const json = await inflate(Buffer.from(data, 'base64'), { maxOutputLength: largestChunk });
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
};

const packedChunk = (views: readonly LoggedView[]): PackedChunk => {
  const articles = listOf<PackedArticle>();
  const readers = listOf<string>();
  const situations = listOf<PackedSituation>();
  const holdings = listOf<PackedHolding[]>();
  const standings = listOf<PackedStanding>();
  const networks = listOf<string>();
  return {
    form: 1,
    views: {
      after: views.map(({ at }, index) => at - (views[index - 1]?.at ?? 0)),
      article: views.map(({ article }) => articles.placeOf(packedArticle(article))),
      reader: views.map(({ reader }) => readers.placeOf(reader)),
      situation: views.map((view) => situations.placeOf(packedSituation(view))),
      holding: views.map(({ held }) => holdings.placeOf(held.map(packedHolding))),
      standing: views.map(({ standing: known }) =>
        known ? 1 + standings.placeOf([known.meter, known.left, known.of, known.resetsAt]) : 0,
      ),
      network: views.map(({ network }) => (network === undefined ? 0 : 1 + networks.placeOf(network))),
    },
    articles: articles.all,
    readers: readers.all,
    situations: situations.all,
    holdings: holdings.all,
    'standings?': standings.all,
    'networks?': networks.all,
  };
};

/** A list of different things, in the order in which they were first met. */
const listOf = <Thing>() => {
  const all: Thing[] = [];
  const places = new Map<string, number>();
  return {
    all,
    placeOf: (thing: Thing): number => {
      const name = JSON.stringify(thing);
      const known = places.get(name);
      if (known !== undefined) return known;
      places.set(name, all.length);
      return all.push(thing) - 1;
    },
  };
};

const packedArticle = (article: LoggedArticle): PackedArticle => [
  article.id,
  article.path === articlePathOf(article.id) ? 0 : article.path,
  article.publication,
  article.section ?? 0,
  [...article.tags],
  [...article.authors],
  article.language,
  article.ownLevel ?? 0,
  article.publishedAt ?? null,
];

const packedHolding = ({ product, source, endsAt, paymentDue }: HeldProduct): PackedHolding => [
  product,
  source,
  Math.ceil(endsAt / dayMs),
  paymentDue ? 1 : 0,
];

/** Bits of a situation's flags. */
const flags = ['crawler', 'heldByToken', 'meterDown', 'nothingToWithhold', 'uncuttable'] as const;

const packedSituation = (view: LoggedView): PackedSituation => [
  view.audience,
  view.purpose,
  flags.reduce((bits, flag, place) => bits | (view[flag] ? 1 << place : 0), 0),
  view.rule,
  view.outcome,
  view.reason,
  view.policyVersion,
  view.weight,
];

/** Undefined when a place is empty, or the columns differ in length. */
const viewsFrom = (
  packed: PackedChunk,
  articleOf: (packed: PackedArticle) => LoggedArticle,
): readonly LoggedView[] | undefined => {
  const { after, article, reader, situation, holding, standing, network } = packed.views;
  const articles = packed.articles.map(articleOf);
  const situations = packed.situations.map(situationFrom);
  const holdings = packed.holdings.map((list) => list.map(holdingFrom));
  const standings = packed['standings?'].map(([meter, left, of, resetsAt]) => ({
    standing: { meter: meter as MeterId, left, of, resetsAt },
  }));
  const networks = packed['networks?'].map((network) => ({ network: network as NetworkKey }));
  const views: LoggedView[] = [];
  let at = 0;
  for (const [index, passed] of after.entries()) {
    at += passed;
    const shared = situations[situation[index] ?? -1];
    const story = articles[article[index] ?? -1];
    const key = packed.readers[reader[index] ?? -1];
    const held = holdings[holding[index] ?? -1];
    const left = orNone(standings, standing[index]);
    const from = orNone(networks, network[index]);
    if (!shared || !story || key === undefined || !held || !left || !from) return undefined;
    views.push({ at, article: story, reader: key as ReaderKey, held, ...shared, ...left, ...from });
  }
  return views;
};

const orNone = <Thing>(list: readonly Thing[], place: number | undefined): Thing | object | undefined =>
  place === 0 ? none : list[(place ?? 0) - 1];
const none = {};

export const articleFrom = (packed: PackedArticle): LoggedArticle => {
  const [id, path, publication, section, tags, authors, language, ownLevel, publishedAt] = packed;
  return {
    id: id as LoggedArticle['id'],
    path: path === 0 ? articlePathOf(id as LoggedArticle['id']) : path,
    publication,
    tags,
    authors,
    language,
    ...(section === 0 ? {} : { section }),
    ...(ownLevel === 0 ? {} : { ownLevel }),
    ...(publishedAt === null ? {} : { publishedAt }),
  };
};

const holdingFrom = ([product, source, endsOn, due]: PackedHolding): HeldProduct => ({
  product: product as ProductId,
  source,
  endsAt: endsOn * dayMs,
  ...(due === 1 ? { paymentDue: true } : {}),
});

const situationFrom = (packed: PackedSituation) => {
  const [audience, purpose, bits, rule, outcome, reason, version, weight] = packed;
  return {
    audience,
    purpose,
    rule: rule as RuleId | 'otherwise',
    outcome,
    reason,
    policyVersion: version as PolicyVersion,
    weight,
    ...flagsFrom(bits),
  };
};

const flagsFrom = (bits: number): Partial<Record<(typeof flags)[number], true>> =>
  Object.fromEntries(flags.filter((_, place) => (bits & (1 << place)) !== 0).map((flag) => [flag, true]));
