/** What the sentry keeps of an article: facts that rules match on, and its text as fingerprints; never the text itself. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Article, ArticleId } from '../article/article.ts';
import type { Cutoff } from '../policy/policy.ts';
import { checkOf, eachFingerprint, eachRun } from './fingerprints.ts';
import { readUnits, type Units } from './units.ts';

export interface KnownArticle {
  /** Whose text it is, and so by what it is known: the article's own address, or that of a further page of it. */
  readonly address: ArticleId;
  readonly article: Article;
  /** Ten bytes for each: hash (4), check (4), position in units (2), little-endian. */
  readonly fingerprints: Buffer;
  /** The same for every run of what is public wherever it stands: the title and the summary. */
  readonly publicRuns: Buffer;
  /** Of the whole text. */
  readonly units: number;
  /** What the longest preview anybody gets was cut with, and how many units it holds. */
  readonly cutoff: Cutoff;
  readonly previewUnits: number;
  /** Of what its text says: equal for equal fingerprints. */
  readonly contentHash: string;
  /** Milliseconds since the epoch. */
  readonly learntAt: number;
}

export interface ArticleText {
  /** Absent: the article's own. */
  readonly address?: ArticleId;
  readonly article: Article;
  /** Of the whole body, `\n` between blocks. */
  readonly fullText: string;
  readonly previewText: string;
  /** What else of it its page holds, where no reader sees it: never public. */
  readonly besideText?: string;
  readonly cutoff: Cutoff;
  readonly now: number;
}

/** A title or a summary longer than this is the article under another name. */
const longestPublic = 500;

/** What is known by the text alone: of a long one it is made in another thread, and comes from there as bytes. */
export interface TextPrints extends Pick<KnownArticle, 'units' | 'previewUnits' | 'contentHash'> {
  readonly fingerprints: Uint8Array;
}

export const knownArticle = ({ article, address, cutoff, now, ...text }: ArticleText): KnownArticle =>
  articleWithPrints({ article, ...(address ? { address } : {}), cutoff, now }, textPrints(text));

export const textPrints = ({
  fullText,
  previewText,
  besideText = '',
}: Pick<ArticleText, 'fullText' | 'previewText' | 'besideText'>): TextPrints => {
  const units = asText(fullText);
  const { length } = units;
  const shown = packed(units, eachFingerprint);
  const fingerprints = besideText === '' ? shown : Buffer.concat([shown, besides(besideText, shown, length)]);
  return {
    fingerprints,
    units: length,
    // What lies beyond the farthest place can't be told from the end of a preview that goes as far.
    previewUnits: Math.min(asText(previewText).length, FARTHEST - 1),
    contentHash: createHash('sha256').update(fingerprints).digest('base64url').slice(0, 16),
  };
};

export const articleWithPrints = (
  { article, address = article.id, cutoff, now }: Pick<ArticleText, 'address' | 'article' | 'cutoff' | 'now'>,
  { fingerprints, units, previewUnits, contentHash }: TextPrints,
): KnownArticle => ({
  address,
  article,
  fingerprints: Buffer.from(fingerprints.buffer, fingerprints.byteOffset, fingerprints.byteLength),
  units,
  publicRuns: Buffer.concat([article.title, article.summary ?? ''].map(publicRunsOf)),
  cutoff,
  previewUnits,
  contentHash,
  learntAt: now,
});

/**
 * By what the text of one copy is known, where an origin gives several at one address: one for each language, say. No address
 * holds `#`.
 * @param variation which copy; of any length
 */
export const variantAddress = (address: ArticleId, variation: string): ArticleId =>
  `${address}#${createHash('sha256').update(variation).digest('base64url').slice(0, 16)}` as ArticleId;

/** The address whose copy it is; undefined for what is no such copy. */
export const addressOfVariant = (address: ArticleId): ArticleId | undefined => {
  const at = address.indexOf('#');
  return at < 0 ? undefined : (address.slice(0, at) as ArticleId);
};

/** Hash and check of each. */
export const eachPrint = (fingerprints: Uint8Array, visit: (hash: number, check: number) => void): void => {
  const view = new DataView(fingerprints.buffer, fingerprints.byteOffset, fingerprints.byteLength);
  for (let from = 0; from < fingerprints.length; from += FINGERPRINT_BYTES)
    visit(view.getInt32(from, true), view.getInt32(from + 4, true));
};

/** As if it stood after the article's end. What stands in the article's text as well is known from there. */
const besides = (text: string, shown: Buffer, end: number): Buffer => {
  const known = new Set<string>();
  for (let from = 0; from < shown.length; from += FINGERPRINT_BYTES)
    known.add(shown.toString('latin1', from, from + POSITION_AT));
  const others = packed(asText(text), eachFingerprint);
  const kept: Buffer[] = [];
  for (let from = 0; from < others.length; from += FINGERPRINT_BYTES) {
    if (known.has(others.toString('latin1', from, from + POSITION_AT))) continue;
    const at = end + others.readUInt16LE(from + POSITION_AT);
    others.writeUInt16LE(Math.min(at, FARTHEST), from + POSITION_AT);
    kept.push(others.subarray(from, from + FINGERPRINT_BYTES));
  }
  return Buffer.concat(kept);
};

/**
 * How much of it is public under a cutoff that may be another than it was learnt with. The text isn't here to be cut anew: less
 * than the true preview until the article is learnt again, never more.
 */
export const previewUnitsUnder = (
  { cutoff: known, previewUnits }: Pick<KnownArticle, 'cutoff' | 'previewUnits'>,
  cutoff: Cutoff,
): number => {
  if (isDeepStrictEqual(known, cutoff)) return previewUnits;
  if (known.by === 'marker' || cutoff.by === 'marker') return 0;
  const share = known.count > 0 ? cutoff.count / known.count : 0;
  if (!isDeepStrictEqual({ ...known, count: cutoff.count }, cutoff)) return 0;
  // Letters are not spread evenly over characters, words and paragraphs.
  return share >= 1 ? previewUnits : known.by === 'paragraphs' ? 0 : Math.floor(previewUnits * share * 0.9);
};

type Facts = Omit<KnownArticle, 'fingerprints' | 'publicRuns'>;

/** Whether both say the same, whenever they were learnt. */
export const isSameKnown = (one: Facts, other: Facts): boolean =>
  one.contentHash === other.contentHash &&
  one.units === other.units &&
  one.previewUnits === other.previewUnits &&
  isDeepStrictEqual(one.cutoff, other.cutoff) &&
  isDeepStrictEqual(one.article, other.article);

export const FINGERPRINT_BYTES = 10;
const POSITION_AT = 8;
/** Positions past it are all alike: far beyond any preview. */
export const FARTHEST = 0xffff;

const publicRunsOf = (text: string): Buffer => packed(asText(text.slice(0, longestPublic)), eachRun);

/** A text's own angle brackets are no tags, as they are escaped wherever it is written as HTML. */
const asText = (text: string): Units => readUnits(text.replace(/[<>]/g, ' ')).shown;

const packed = (units: Units, each: typeof eachRun): Buffer => {
  const numbers: number[] = [];
  each(units, (at, hash) => numbers.push(hash, checkOf(units, at), Math.min(at, FARTHEST)));
  const buffer = Buffer.allocUnsafe((numbers.length / 3) * FINGERPRINT_BYTES);
  for (let index = 0, to = 0; index < numbers.length; index += 3) {
    to = buffer.writeInt32LE(numbers[index] ?? 0, to);
    to = buffer.writeInt32LE(numbers[index + 1] ?? 0, to);
    to = buffer.writeUInt16LE(numbers[index + 2] ?? 0, to);
  }
  return buffer;
};
