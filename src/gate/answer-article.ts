/** One article, to one reader: identified, decided, and sent in the form that the decision says. */
import { LRUCache } from 'lru-cache';
import type { ArticleId } from '../article/article.ts';
import type { Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import { andThen } from '../ops/soon.ts';
import type { Identity } from '../readers/identify.ts';
import { acceptedCoding } from './accepted-encoding.ts';
import { accessHeader } from './access-header.ts';
import type { Ages } from './ages.ts';
import { answerInstead, sendInstead } from './answer-instead.ts';
import { type Purpose, uncuttable } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Exchange } from './exchange.ts';
import { type ArticlePage, isSuccess } from './found.ts';
import type { IdentityOf } from './identity-of.ts';
import type { OnDecision } from './on-decision.ts';
import type { OthersText } from './others-text.ts';
import type { ReadyForm } from './ready-forms.ts';
import { forThisOnceAlone } from './refuse-ahead.ts';
import { cutFailed, type Ruling, type RulingOf } from './ruling.ts';
import { isKnownTo, sendVariant } from './send-variant.ts';
import { purposeAt } from './soft-navigation.ts';
import type { Variant } from './variant.ts';
import type { View, ViewArticle } from './view-article.ts';

export type AnswerArticle = (page: ArticlePage, exchange: Exchange) => void | Promise<void>;

export interface ArticleDependencies {
  readonly identityOf: IdentityOf;
  readonly rulingOf: RulingOf;
  readonly viewArticle: ViewArticle;
  readonly readyForm: ReadyForm;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly onDecision: OnDecision;
  readonly othersText: OthersText;
  readonly ages: Ages;
}

/** What is known of one view while it is being answered. */
interface Viewing {
  readonly page: ArticlePage;
  readonly exchange: Exchange;
  readonly ruling: Ruling;
  readonly identity: Identity;
}

export const createAnswerArticle = (dependencies: ArticleDependencies): AnswerArticle => {
  const { identityOf, rulingOf, viewArticle, readyForm, onDecision, othersText, ages } = dependencies;
  const report = createReport(dependencies);

  const view = ({ page, exchange, ruling, identity }: Viewing, purpose: Purpose): View | Promise<View> =>
    viewArticle({
      article: page.article,
      rule: ruling.rule,
      outcome: ruling.outcome,
      policy: ruling.rules.policy,
      asker: identity.asker,
      purpose,
      now: exchange.now,
    });

  const form = (viewing: Viewing, decision: Decision, coding?: 'identity'): Variant | Promise<Variant> =>
    readyForm({
      page: viewing.page,
      ruling: viewing.ruling,
      decision,
      registered: viewing.identity.asker.reader !== undefined,
      coding: coding ?? acceptedCoding(viewing.exchange.req.headers['accept-encoding']?.toString()),
    });

  const tell = (
    { page, exchange, ruling, identity }: Viewing,
    view: View,
    purpose: Purpose,
    decision: Decision,
  ): void =>
    onDecision({
      article: page.article,
      view,
      decision,
      nothingToWithhold: ruling.nothingToWithhold,
      uncuttable: cutFailed(ruling),
      asker: identity.asker,
      purpose,
      now: exchange.now,
      userAgent: exchange.req.headers['user-agent'],
    });

  const send = (viewing: Viewing, viewed: View, purpose: Purpose): void | Promise<void> => {
    const { decision } = viewed;
    const instead = answerInstead(viewing.page, viewing.exchange, decision);
    if (instead) {
      report(viewing, decision);
      tell(viewing, viewed, purpose, decision);
      return sendInstead(viewing.exchange, instead, decision);
    }
    const final = cutFailed(viewing.ruling) ? uncuttable(decision) : decision;
    return andThen(form(viewing, final), (ready) => {
      report(viewing, final);
      tell(viewing, viewed, purpose, final);
      const variant = final.outcome === 'preview' && purpose === 'prefetch' ? forThisOnceAlone(ready) : ready;
      return andThen(othersText.isIn(viewing.page, viewing.exchange.now), (isIn) => {
        if (isIn) return sendWithoutOthers(viewing, final, variant);
        const { req, res } = viewing.exchange;
        return sendVariant(req, res, variant, extraHeaders(viewing, final, ages));
      });
    });
  };

  /** A page may carry other articles whole: the next one to scroll to, or what a framework holds ready. */
  const sendWithoutOthers = async (viewing: Viewing, decision: Decision, variant: Variant): Promise<void> => {
    const { page, exchange } = viewing;
    const plain = await form(viewing, decision, 'identity');
    await othersText.send({ page, exchange, variant, plain, extra: extraHeaders(viewing, decision, ages) });
  };

  /** A 304 sends nothing, so it costs nothing: what the reader holds is compared before anything is charged. */
  const readUnlessKnown = (viewing: Viewing): void | Promise<void> =>
    andThen(view(viewing, 'head'), (looked) =>
      andThen(form(viewing, looked.decision), (variant) =>
        isKnownTo(viewing.exchange.req, variant)
          ? send(viewing, looked, 'head')
          : andThen(view(viewing, 'read'), (read) => send(viewing, read, 'read')),
      ),
    );

  return (page, exchange) => {
    const purpose = isSuccess(page) ? purposeAt(exchange) : 'prefetch';
    return andThen(rulingOf(page, exchange.rules, exchange.now), (ruling) =>
      andThen(identityOf(exchange.req, exchange.now), (identity) => {
        const viewing = { page, exchange, ruling, identity };
        if (purpose === 'read' && exchange.req.headers['if-none-match'] !== undefined)
          return readUnlessKnown(viewing);
        return andThen(view(viewing, purpose), (viewed) => send(viewing, viewed, purpose));
      }),
    );
  };
};

const extraHeaders = (
  { page, exchange, identity, ruling }: Viewing,
  decision: Decision,
  ages: Ages,
): readonly string[] => {
  const headers = ['Gatefold-Access', accessHeader(decision)];
  // A form's token is worth nothing without the cookie that came with it.
  for (const cookie of page.own?.cookies ?? []) headers.push('Set-Cookie', cookie);
  // An open article is everybody's and may be kept by a shared cache: nobody's cookie goes with it.
  if (ruling.outcome.access === 'open') {
    const age = ages.of(page, exchange.now);
    // Whoever keeps it further counts its freshness from there; without them, from anew.
    if (age !== undefined && age.seconds > 0) headers.push('Age', String(age.seconds));
    if (age?.date !== undefined) headers.push('Date', age.date);
    return headers;
  }
  for (const cookie of identity.setCookies) headers.push('Set-Cookie', cookie);
  return headers;
};

/** An article that can't be cut is told once in a while, not once for each of its readers. */
const createReport = ({ metrics, log }: ArticleDependencies) => {
  const told = new LRUCache<ArticleId, true>({ max: 1_000, ttl: 600_000 });
  return ({ page, ruling }: Viewing, decision: Decision): void => {
    metrics.countDecision(decision.outcome, decision.reason);
    if (decision.reason !== 'uncuttable') return;
    metrics.countBodyNotFound();
    const { id } = page.article;
    if (told.has(id)) return;
    told.set(id, true);
    log.warn({ article: id, rule: ruling.rule }, 'an article was withheld whole: no body was found to cut');
  };
};
