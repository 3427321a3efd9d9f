/** Makes what the sentry knows of an article out of its page, whoever asked for it: readers without anything of their own, or learning. */
import type { ArticleId } from '../article/article.ts';
import { articleIdOf } from '../article/article-id.ts';
import { andThen } from '../ops/soon.ts';
import type { CountedCutoff, Cutoff } from '../policy/policy.ts';
import type { JsonCut } from '../preview/cut-json.ts';
import type { PageCut } from '../preview/cut-page.ts';
import { GUARANTEED_UNITS, WINDOW } from '../sentry/fingerprints.ts';
import type { KeepKnown } from '../sentry/keep-known.ts';
import {
  type ArticleText,
  articleWithPrints,
  eachPrint,
  type TextPrints,
  variantAddress,
} from '../sentry/known-article.ts';
import type { KnownTexts } from '../sentry/known-texts.ts';
import { type ArticleForm, type ArticlePage, isSuccess } from './found.ts';
import type { PageWork } from './page-work.ts';
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
) => WhatIsKnown | Promise<WhatIsKnown>;

interface Dependencies {
  readonly rulingOf: RulingOf;
  readonly cut: CutArticle;
  readonly work: Pick<PageWork, 'cutJson' | 'textPrints'>;
  readonly known: KnownTexts;
  readonly keep: Pick<KeepKnown, 'keep'>;
}

export const createKnowArticle = ({ rulingOf, cut, work, known, keep }: Dependencies): KnowArticle => {
  const textOf = createTextOf(rulingOf, cut, work);

  const know = (
    { article, part, variation }: ArticlePage,
    target: string,
    { cutoff, ...text }: Text,
    now: number,
  ): WhatIsKnown | Promise<WhatIsKnown> => {
    const own = articleIdOf({ target, hosts: [] });
    const isPage = own === article.id || (part !== 'later' && known.factsOf(article.id) === undefined);
    const ofAddress = isPage ? article.id : own;
    const address = variation === undefined ? ofAddress : variantAddress(ofAddress, variation);
    const texts = isPage ? text : { ...text, previewText: '' };
    return andThen(work.textPrints(texts), (prints) => {
      // Another form of it, a copy for some readers, or a further page. What says nothing more would only fill the memory.
      const asMuch = variation === undefined ? mostly : nearlyAll;
      if (address !== article.id && part !== 'later' && isKnownAlready(prints, article.id, known, asMuch))
        return { address: article.id, learnt: false };
      return { address, learnt: keep.keep(articleWithPrints({ address, article, cutoff, now }, prints)) };
    });
  };

  return (page, target, rules, now) => {
    // What an error says, or a page that nobody could judge, is no article's text.
    if (!isSuccess(page) || page.unjudged) return nothing;
    return andThen(textOf(page, rules, now), (text) =>
      text === undefined ? nothing : know(page, target, text, now),
    );
  };
};

const nothing: WhatIsKnown = { learnt: false };

type Text = Pick<ArticleText, 'fullText' | 'previewText' | 'besideText' | 'cutoff'>;

const createTextOf =
  (rulingOf: RulingOf, cut: CutArticle, work: Pick<PageWork, 'cutJson'>) =>
  (page: ArticlePage, rules: PolicyInForce, now: number): Text | undefined | Promise<Text | undefined> => {
    const { form, article } = page;
    if (form.kind === 'uncuttable') return undefined;
    // Of a further page nothing is shown: what counts is where the article itself is cut.
    const { cutoff } = rules.matcher.match(article, now).outcome;
    return andThen(rulingOf(page, rules, now), ({ cut: ruled, outcome }) => {
      if (form.kind === 'json')
        return ruled?.form === 'html' ? undefined : textOfJson(form, ruled?.json, cutoff, work);
      return andThen(ruled ?? cut(page, outcome, false, rules.policy), (made) =>
        made?.form === 'html' ? textOfPage(made.page, cutoff) : undefined,
      );
    });
  };

const textOfPage = (cut: PageCut, cutoff: Cutoff): Text | undefined => {
  const { besideText } = cut;
  if (cut.kind === 'no-body') return textual({ fullText: besideText, previewText: '', cutoff });
  const { fullText, previewText } = cut.parts;
  return textual({ fullText, previewText, besideText, cutoff });
};

const textOfJson = (
  { json, pointers }: Extract<ArticleForm, { kind: 'json' }>,
  ruled: JsonCut | 'uncuttable' | undefined,
  cutoff: Cutoff,
  work: Pick<PageWork, 'cutJson'>,
): Text | undefined | Promise<Text | undefined> =>
  andThen(work.cutJson({ json, pointers, cutoff: everything }), (whole) => {
    if (whole === 'uncuttable') return undefined;
    return andThen(ruled ?? work.cutJson({ json, pointers, cutoff }), (shown) =>
      textual({
        fullText: whole.previewText,
        previewText: shown === 'uncuttable' ? '' : shown.previewText,
        cutoff,
      }),
    );
  });

const everything: CountedCutoff = { by: 'percent', count: 100, ending: 'exact' };

/** Less could not be known again. */
const textual = (text: Text): Text | undefined =>
  text.fullText.length + (text.besideText?.length ?? 0) >= shortest ? text : undefined;

/** Letters of Chinese weigh three. */
const shortest = Math.ceil(GUARANTEED_UNITS / 3);

const isKnownAlready = (
  { fingerprints }: TextPrints,
  id: ArticleId,
  known: KnownTexts,
  asMuch: number,
): boolean => {
  const { window } = known.size();
  // Too little is left of each text to tell, and no memory to spare.
  if (window > 4 * WINDOW) return true;
  let found = 0;
  let all = 0;
  eachPrint(fingerprints, (hash, check) => {
    all += 1;
    if (known.lookUp(hash, check).some(({ facts }) => facts.article.id === id)) found += 1;
  });
  // When memory is full, fewer are kept.
  const expected = (all * (WINDOW + 1)) / (window + 1);
  return found >= expected * asMuch;
};

const mostly = 0.75;
/** Of a copy in the same words: a telephone's page of the same text. */
const nearlyAll = 0.98;
