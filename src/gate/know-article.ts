/** Makes what the sentry knows of an article out of its page, whoever asked for it: readers without anything of their own, or learning. */
import type { ArticleId } from '../article/article.ts';
import { articleIdOf } from '../article/article-id.ts';
import type { CountedCutoff } from '../policy/policy.ts';
import { cutJson } from '../preview/cut-json.ts';
import { GUARANTEED_UNITS, WINDOW } from '../sentry/fingerprints.ts';
import type { KeepKnown } from '../sentry/keep-known.ts';
import { type ArticleText, asText, knownArticle } from '../sentry/known-article.ts';
import type { KnownTexts } from '../sentry/known-texts.ts';
import { type ArticlePage, isSuccess } from './found.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { CutArticle, RulingOf } from './ruling.ts';

export interface WhatIsKnown {
  /** By what it is known; absent where its page holds no text that could be. */
  readonly address?: ArticleId;
  /** Something of it is new. */
  readonly learnt: boolean;
}

/** @param target canonical address that the page stood at */
export type KnowArticle = (
  page: ArticlePage,
  target: string,
  rules: PolicyInForce,
  now: number,
) => WhatIsKnown;

interface Dependencies {
  readonly rulingOf: RulingOf;
  readonly cut: CutArticle;
  readonly known: KnownTexts;
  readonly keep: Pick<KeepKnown, 'keep'>;
}

export const createKnowArticle = ({ rulingOf, cut, known, keep }: Dependencies): KnowArticle => {
  const textOf = createTextOf(rulingOf, cut);
  return (page, target, rules, now) => {
    // What an error says, or a page that nobody could judge, is no article's text.
    if (!isSuccess(page) || page.unjudged) return nothing;
    const { article } = page;
    const own = articleIdOf({ target, hosts: [] });
    const text = textOf(page, rules, now);
    if (text === undefined) return nothing;
    if (own === article.id || (page.part !== 'later' && known.factsOf(article.id) === undefined))
      return { address: article.id, learnt: keep.keep(knownArticle({ article, ...text, now })) };
    // Another form of it, or a further page. A form that says nothing more would only fill the memory.
    if (page.part !== 'later' && isKnownAlready(text, article.id, known))
      return { address: article.id, learnt: false };
    const further = { ...text, previewText: '', address: own };
    return { address: own, learnt: keep.keep(knownArticle({ article, ...further, now })) };
  };
};

const nothing: WhatIsKnown = { learnt: false };

type Text = Pick<ArticleText, 'fullText' | 'previewText' | 'besideText' | 'cutoff'>;

const createTextOf =
  (rulingOf: RulingOf, cut: CutArticle) =>
  (page: ArticlePage, rules: PolicyInForce, now: number): Text | undefined => {
    if (page.form.kind === 'uncuttable' || (page.form.kind === 'json' && page.form.many)) return undefined;
    // Of a further page nothing is shown: what counts is where the article itself is cut.
    const { cutoff } = rules.matcher.match(page.article, now).outcome;
    const ruling = rulingOf(page, rules, now);
    if (page.form.kind === 'json') {
      const whole = cutJson(page.form.json, page.form.pointers, everything);
      if (whole === 'uncuttable' || ruling.cut?.form === 'html') return undefined;
      const shown = ruling.cut?.json ?? cutJson(page.form.json, page.form.pointers, cutoff);
      const previewText = shown === 'uncuttable' ? '' : shown.previewText;
      return textual({ fullText: whole.previewText, previewText, cutoff });
    }
    const made = ruling.cut ?? cut(page, ruling.outcome, false, rules.policy);
    if (made?.form !== 'html') return undefined;
    const { page: pageCut } = made;
    const besideText = pageCut.besideText;
    if (pageCut.kind === 'no-body') return textual({ fullText: besideText, previewText: '', cutoff });
    const { fullText, previewText } = pageCut.parts;
    return textual({ fullText, previewText, besideText, cutoff });
  };

const everything: CountedCutoff = { by: 'percent', count: 100, ending: 'exact' };

/** Less could not be known again. */
const textual = (text: Text): Text | undefined =>
  text.fullText.length + (text.besideText?.length ?? 0) >= shortest ? text : undefined;

/** Letters of Chinese weigh three. */
const shortest = Math.ceil(GUARANTEED_UNITS / 3);

const isKnownAlready = ({ fullText, besideText = '' }: Text, id: ArticleId, known: KnownTexts): boolean => {
  const { window } = known.size();
  // Too little is left of each text to tell, and no memory to spare.
  if (window > 4 * WINDOW) return true;
  const units = asText(`${fullText}\n${besideText}`);
  let found = 0;
  known.find(units, (_, occurrences) => {
    if (occurrences.some(({ facts }) => facts.article.id === id)) found += 1;
  });
  // Of so many neighbouring runs two are kept, about, and fewer when memory is full.
  const expected = (2 * units.length) / (window + 1);
  return found >= expected * mostly;
};

const mostly = 0.75;
