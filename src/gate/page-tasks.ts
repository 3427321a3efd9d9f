/** What is done with whole pages, feeds and documents: from data to data, so that large ones can be done in another thread. */
import { LRUCache } from 'lru-cache';
import type { ArticleId } from '../article/article.ts';
import { parsePage } from '../article/parse-page.ts';
import type { ParsedPage } from '../article/parsed-page.ts';
import { type PageReading, type ReadPageOptions, readParsedPage } from '../article/read-page.ts';
import type { Cutoff } from '../policy/policy.ts';
import { cutFeed, type EntryCut, type FeedKind } from '../preview/cut-feed.ts';
import { cutJson, type JsonCut } from '../preview/cut-json.ts';
import { cutJsonList, type JsonEntry } from '../preview/cut-json-list.ts';
import { type CutPageOptions, cutPage, type PageCut } from '../preview/cut-page.ts';
import { excerpt } from '../preview/excerpt.ts';
import { jsonEnvelope } from '../preview/json-envelope.ts';
import { type JsonSurvey, surveyJson } from '../preview/json-survey.ts';
import { readingMinutes } from '../preview/reading-minutes.ts';
import { holdsNoMoreThan } from '../preview/same-text.ts';
import { cleanAnswer, formOf } from '../sentry/cleaning/clean-answer.ts';
import { textPrints } from '../sentry/known-article.ts';
import { findAmongPrints, type WithheldPrints } from '../sentry/withheld-prints.ts';
import { holdsText } from './json-form.ts';

export interface Source {
  readonly text: string;
  /** Equal keys, equal texts. */
  readonly key: string;
}

/** What a page says of itself. */
export type PageFacts = Omit<PageReading, 'page'>;

export interface MadeCut {
  readonly cut: PageCut;
  /** For cards; absent where no body was found. */
  readonly learnt?: {
    readonly minutes: number;
    /** Starts of the whole text and of the preview. */
    readonly excerpts: { readonly full: string; readonly preview: string };
  };
}

/** `same`: it holds no more than the other. `more`: it holds the other and more. */
export type Overlap = 'same' | 'more' | 'none';

export interface JsonFacts {
  /** How much of the text stands before and after the JSON. */
  readonly before: number;
  readonly after: number;
  readonly holdsText: boolean;
  /** Undefined: it can't be told what it is. */
  readonly survey: JsonSurvey | undefined;
}

/** What becomes of a feed's entry. `unjudged`: nobody knows whose text it is. */
export type Fate = 'keep' | 'drop' | 'unjudged' | EntryCut;

export interface FeedFates {
  readonly text: string;
  /** By the link that an entry has. */
  readonly fates: ReadonlyMap<string, Fate>;
  readonly others: Fate;
  /** What nobody knows is kept up to a length, in characters. */
  readonly unjudged: { readonly longestSummary: number; readonly longer: 'drop' | EntryCut };
}

/** An answer that holds what is withheld from whoever asked. */
export interface FoundAnswer {
  readonly text: string;
  readonly contentType: string | undefined;
  readonly prints: WithheldPrints;
  /** To each of the articles, as HTML. */
  readonly links: ReadonlyMap<ArticleId, string>;
}

export type PageTasks = ReturnType<typeof createPageTasks>;

const cardCharacters = 250;

/**
 * @param keptCharacters A page is read first, and cut a moment later: its parse is kept for that, as long as the sources
 * of all that are kept are no longer than this.
 */
export const createPageTasks = (keptCharacters: number) => {
  const parses = new LRUCache<string, ParsedPage>({
    maxSize: keptCharacters,
    sizeCalculation: ({ source }) => source.length + 1,
  });
  const parseOf = ({ text, key }: Source): ParsedPage => {
    const parsed = parses.get(key) ?? parsePage(text);
    parses.set(key, parsed);
    return parsed;
  };

  return {
    readPage: ({ source, ...options }: { source: Source } & ReadPageOptions): PageFacts => {
      const { page: _, ...facts } = readParsedPage(parseOf(source), options);
      return facts;
    },
    cutPage: ({ source, options }: { source: Source; options: CutPageOptions }): MadeCut => {
      const page = parseOf(source);
      // A parse is many times its page's size: it serves one cut, and another cutoff parses again.
      parses.delete(source.key);
      return madeCut(cutPage(page, options));
    },
    textPrints,
    /** What comes back has to be read again by whoever knows all that is withheld. */
    cleanAnswer: ({ text, contentType, prints, links }: FoundAnswer): string | undefined =>
      cleanAnswer(
        { text, form: formOf(text, contentType) },
        { find: findAmongPrints(prints), linkTo: (article) => links.get(article) ?? '' },
      ),
    comparePages: (pages: { own: Source; other: Source; selectors: readonly string[] }): Overlap => {
      const [own, other] = [parseOf(pages.own), parseOf(pages.other)];
      if (holdsNoMoreThan(own, other, pages.selectors)) return 'same';
      return holdsNoMoreThan(other, own, pages.selectors) ? 'more' : 'none';
    },
    lookIntoJson: (document: { text: string; pointers: readonly string[] }): JsonFacts | undefined => {
      const { text, pointers } = document;
      const envelope = jsonEnvelope(text);
      return (
        envelope && {
          before: envelope.before.length,
          after: envelope.after.length,
          holdsText: holdsText(envelope.json),
          survey: surveyJson(envelope.json, pointers),
        }
      );
    },
    cutJson: (document: {
      json: string;
      pointers: readonly string[];
      cutoff: Cutoff;
    }): JsonCut | 'uncuttable' => cutJson(document.json, document.pointers, document.cutoff),
    cutJsonList: (list: {
      json: string;
      pointers: readonly string[];
      entries: readonly JsonEntry[];
    }): string | 'uncuttable' => cutJsonList(list.json, list.pointers, list.entries),
    /** Every link with the length of what it is said to lead to. */
    entriesInFeed: ({ text }: { text: string }): [string, number][] => {
      const entries = new Map<string, number>();
      // By a cut that keeps nothing.
      cutFeed(text, feedKindOf(text), (link, _entry, textLength) => {
        if (link !== undefined && !entries.has(link)) entries.set(link, textLength());
        return 'drop';
      });
      return [...entries];
    },
    cutFeed: ({ text, fates, others, unjudged }: FeedFates): string | 'uncuttable' =>
      cutFeed(text, feedKindOf(text), (link, _entry, textLength) => {
        const fate = (link === undefined ? undefined : fates.get(link)) ?? others;
        if (fate !== 'unjudged') return fate;
        return textLength() <= unjudged.longestSummary ? 'keep' : unjudged.longer;
      }),
  };
};

const madeCut = (cut: PageCut): MadeCut => {
  if (cut.kind !== 'parts') return { cut };
  const { fullText, previewText } = cut.parts;
  return {
    cut,
    learnt: {
      minutes: readingMinutes(fullText),
      excerpts: {
        full: excerpt(fullText.slice(0, mostForExcerpt), cardCharacters),
        preview: excerpt(previewText.slice(0, mostForExcerpt), cardCharacters),
      },
    },
  };
};

/** A character as readers see it may be made of many, and seldom is. */
const mostForExcerpt = 20_000;

const feedKindOf = (text: string): FeedKind =>
  /^\s*\{/.test(text) ? 'json' : /<feed[\s>]/i.test(text) ? 'atom' : 'rss';
