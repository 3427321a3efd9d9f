/** Cuts each article once for its content and cutoff, and keeps the cut; what it reads on the way fills the catalogue. */
import { LRUCache } from 'lru-cache';
import { parsePage } from '../article/parse-page.ts';
import type { ParsedPage } from '../article/parsed-page.ts';
import type { PageReading } from '../article/read-page.ts';
import { isolatedStyleHashes } from '../pages/isolated-style.ts';
import type { Policy, RuleOutcome } from '../policy/policy.ts';
import { cutJson } from '../preview/cut-json.ts';
import { cutPage, type PageCut } from '../preview/cut-page.ts';
import { excerpt } from '../preview/excerpt.ts';
import { readingMinutes } from '../preview/reading-minutes.ts';
import type { Catalogue } from './catalogue.ts';
import type { ArticleForm, ArticlePage } from './found.ts';
import type { Cut, CutArticle } from './ruling.ts';

export interface Cutter {
  readonly cut: CutArticle;
  /** Keeps a page's parse until its first cut. */
  readonly remember: (page: ArticlePage, reading: PageReading) => void;
}

interface Options {
  readonly catalogue: Catalogue;
  readonly maxBytes: number;
  /** Told of selectors that aren't CSS, or take too long. */
  readonly onUnusableSelectors: (selectors: readonly string[]) => void;
}

const cardCharacters = 250;

export const createCutArticle = ({ catalogue, maxBytes, onUnusableSelectors }: Options): Cutter => {
  const parses = new WeakMap<ArticlePage, ParsedPage>();
  const cuts = new LRUCache<string, PageCut>({ maxSize: maxBytes, sizeCalculation: sizeOf });

  const parseOf = (page: ArticlePage, text: string): ParsedPage => {
    const parsed = parses.get(page) ?? parsePage(text);
    // A parse is many times its page's size: it serves one cut, and another cutoff parses again.
    parses.delete(page);
    return parsed;
  };

  const pageCut = (
    page: ArticlePage,
    text: string,
    outcome: RuleOutcome,
    gated: boolean,
    policy: Policy,
  ): PageCut => {
    const options = {
      bodySelectors: policy.articles.body,
      cutoff: outcome.cutoff,
      structuredData: gated,
      styleHashes: isolatedStyleHashes,
    };
    const key = `${page.hash}${JSON.stringify(options)}`;
    const known = cuts.get(key);
    if (known) return known;
    const made = cutPage(parseOf(page, text), options);
    cuts.set(key, made);
    if (made.unusableSelectors.length > 0) onUnusableSelectors(made.unusableSelectors);
    return made;
  };

  const learn = ({ article }: ArticlePage, cut: PageCut, open: boolean): void => {
    if (cut.kind !== 'parts') return;
    const { fullText, previewText } = cut.parts;
    catalogue.learn({
      article,
      minutes: readingMinutes(fullText),
      excerpt: excerpt(open ? fullText : previewText, cardCharacters),
    });
  };

  return {
    remember: (page, reading) => {
      parses.set(page, reading.page);
    },
    cut: (page, outcome, gated, policy): Cut | undefined => {
      switch (page.form.kind) {
        case 'html': {
          const made = pageCut(page, page.form.text, outcome, gated, policy);
          learn(page, made, outcome.access === 'open');
          return { form: 'html', page: made };
        }
        case 'json':
          return { form: 'json', json: jsonCut(page.form, outcome) };
        case 'uncuttable':
          return undefined;
        default:
          return page.form satisfies never;
      }
    },
  };
};

const jsonCut = (
  { json, before, after, pointers }: Extract<ArticleForm, { kind: 'json' }>,
  { cutoff }: RuleOutcome,
) => {
  const cut = cutJson(json, pointers, cutoff);
  return cut === 'uncuttable' ? cut : { ...cut, json: before + cut.json + after };
};

const sizeOf = (cut: PageCut): number => {
  const { besideText } = cut;
  if (cut.kind === 'no-body')
    return (cut.page.head.length + cut.page.tail.length + besideText.length) * 2 + 1;
  const { full, preview, fullText, previewText } = cut.parts;
  const characters =
    full.head.length +
    (full.headAllowingStyle?.length ?? 0) +
    full.body.length +
    full.tail.length +
    preview.head.length +
    preview.tail.length;
  return (characters + fullText.length + previewText.length + besideText.length) * 2 + 1;
};
