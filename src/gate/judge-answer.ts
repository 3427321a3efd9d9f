/** Reads an answer that is no article's own page for withheld text, and says what its reader may be sent of it. */
import type { ArticleId } from '../article/article.ts';
import { isOwnDocument } from '../article/article-id.ts';
import { pageHeadOf } from '../article/page-head.ts';
import { parsePage } from '../article/parse-page.ts';
import type { LiveView } from '../entitlements/live-view.ts';
import { andThen } from '../ops/soon.ts';
import { Unfinished } from '../ops/threads.ts';
import type { Identity } from '../readers/identify.ts';
import { cleanAnswer, formOf } from '../sentry/cleaning/clean-answer.ts';
import { previewUnitsUnder } from '../sentry/known-article.ts';
import type { ArticleFacts, KnownTexts } from '../sentry/known-texts.ts';
import { isQuotation } from '../sentry/quotation.ts';
import { type Passage, passagesIn } from '../sentry/read-answer.ts';
import {
  type FindWithheld,
  lettersHeld,
  type Terms,
  type TermsOf,
  type WithheldPassage,
  withheldAmong,
} from '../sentry/withheld.ts';
import { withheldPrints } from '../sentry/withheld-prints.ts';
import { screen } from './decide.ts';
import { entitlementsKnown } from './entitlements-known.ts';
import type { Exchange } from './exchange.ts';
import type { IdentityOf } from './identity-of.ts';
import type { PageWork } from './page-work.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { longestAtOnce, type ReadAnswer } from './read-answers.ts';

export type Judgement =
  /** No known text but what everybody may read. */
  | { readonly kind: 'clear' }
  /** It holds text that not everybody may read, and this reader may: theirs, and nobody else's copy. */
  | { readonly kind: 'theirs'; readonly held: readonly HeldArticle[] }
  | { readonly kind: 'cleaned'; readonly text: string; readonly held: readonly HeldArticle[] }
  | { readonly kind: 'withheld'; readonly held: readonly HeldArticle[] };

/** About how many letters of an article an answer holds beyond what everybody may read. */
export interface HeldArticle {
  readonly article: ArticleId;
  readonly letters: number;
}

export interface TextAnswer {
  readonly text: string;
  readonly contentType: string | undefined;
}

/** `own`: the article whose page it is, which is decided elsewhere. */
export type JudgeAnswer = (
  answer: TextAnswer,
  exchange: Exchange,
  own?: ArticleId,
) => Judgement | Promise<Judgement>;

interface Dependencies {
  readonly known: KnownTexts;
  readonly read: ReadAnswer;
  readonly work: Pick<PageWork, 'cleanAnswer'>;
  readonly identityOf: IdentityOf;
  readonly liveView: LiveView;
  /** Under which this site is known. */
  readonly hosts: readonly string[];
  /** What stands in an HTML text's place. */
  readonly linkTo: (article: ArticleId, exchange: Exchange) => string;
}

/** Nearly every answer holds nothing, and is told so without asking who wants it. */
export const createJudgeAnswer = (dependencies: Dependencies): JudgeAnswer => {
  const { known, read, work, linkTo, hosts } = dependencies;

  const cleanedHere = (
    { text, contentType }: TextAnswer,
    termsOf: TermsOf,
    link: (article: ArticleId) => string,
  ): string | undefined => {
    const find: FindWithheld = (part) => withheldAmong(passagesIn(part, known), termsOf);
    return cleanAnswer({ text, form: formOf(text, contentType) }, { find, linkTo: link });
  };

  /** A long one in another thread, which knows what was found and no more: what it leaves is read again here. */
  const cleanedBeside = async (
    answer: TextAnswer,
    withheld: readonly WithheldPassage[],
    termsOf: TermsOf,
    link: (article: ArticleId) => string,
  ): Promise<string | undefined> => {
    const prints = withheldPrints(withheld);
    const links = new Map([...prints.keys()].map((article) => [article, link(article)]));
    try {
      const cleaned = await work.cleanAnswer({ ...answer, prints, links });
      if (cleaned === undefined) return undefined;
      return withheldAmong(await read(cleaned), termsOf).length === 0 ? cleaned : undefined;
    } catch (error) {
      if (error instanceof Unfinished) return undefined;
      throw error;
    }
  };

  const judgeFor = async (
    { text, contentType }: TextAnswer,
    passages: readonly Passage[],
    exchange: Exchange,
    own: ArticleId | undefined,
  ): Promise<Judgement> => {
    const rights = await rightsOf(exchange, dependencies);
    const termsOf = createTerms(exchange.rules, exchange.now, rights, own);
    const withheld = withheldAmong(passages, termsOf);
    if (withheld.length === 0) {
      const strangers = createTerms(exchange.rules, exchange.now, nobody, own);
      const held = lettersHeld(withheldAmong(passages, strangers));
      return held.length === 0 ? { kind: 'clear' } : { kind: 'theirs', held };
    }
    if (own === undefined && isQuoted({ text, contentType }, withheld, exchange, hosts))
      return { kind: 'clear' };
    const held = lettersHeld(withheld);
    if (exchange.rules.matcher.isStoppedPath(exchange.path)) return { kind: 'withheld', held };
    const link = (article: ArticleId): string => linkTo(article, exchange);
    const cleaned =
      text.length > longestAtOnce
        ? await cleanedBeside({ text, contentType }, withheld, termsOf, link)
        : cleanedHere({ text, contentType }, termsOf, link);
    return cleaned === undefined ? { kind: 'withheld', held } : { kind: 'cleaned', text: cleaned, held };
  };

  return (answer, exchange, own) =>
    andThen(read(answer.text), (passages) =>
      passages.length === 0 ? { kind: 'clear' } : judgeFor(answer, passages, exchange, own),
    );
};

/**
 * A page that says to be a document of its own (about the paper, an imprint) may share a phrase with an article, or quote
 * one. Fronts, lists and searches are put together from articles, and hold to the letter what they may.
 */
const isQuoted = (
  { text, contentType }: TextAnswer,
  withheld: readonly WithheldPassage[],
  { target }: Exchange,
  hosts: readonly string[],
): boolean => {
  const passages = withheld.map(({ article, pastPreview }) => ({ article, position: pastPreview }));
  if (formOf(text, contentType) !== 'html' || !isQuotation(passages)) return false;
  const { canonicalHref } = pageHeadOf(parsePage(text.slice(0, headLength)));
  return isOwnDocument({ target, canonicalHref, hosts });
};

/** In characters: heads are shorter, and this is in the main thread. */
const headLength = 32_768;

interface Rights {
  readonly registered: boolean;
  readonly entitlements: Parameters<typeof screen>[0]['entitlements'];
}

export const nobody: Rights = { registered: false, entitlements: { kind: 'live', list: [] } };

/** As for an article's own page. */
const rightsOf = async (
  { req, now, rules }: Exchange,
  { identityOf, liveView }: Dependencies,
): Promise<Rights> => {
  const { asker }: Identity = await identityOf(req, now);
  if (!asker.reader) return nobody;
  const entitlements = await entitlementsKnown(asker.reader, liveView, rules.policy, () => undefined);
  return { registered: true, entitlements };
};

/** Nobody's free reads are asked about: they open pages, and no other door. */
export const createTerms = (
  { matcher, policy }: PolicyInForce,
  now: number,
  { registered, entitlements }: Rights,
  own: ArticleId | undefined,
): ((facts: ArticleFacts) => Terms) => {
  const kept = new Map<ArticleFacts, Terms>();
  return (facts) => {
    const { article } = facts;
    const known = kept.get(facts);
    if (known) return known;
    const { rule, outcome } = matcher.match(article, now);
    const screening = screen({ article, rule, outcome, policy, registered, entitlements, now });
    const terms = {
      readable: article.id === own || screening.outcome === 'full',
      previewUnits: previewUnitsUnder(facts, outcome.cutoff),
    };
    kept.set(facts, terms);
    return terms;
  };
};
