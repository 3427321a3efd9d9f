/** A response that waits at the gate: an article in a type that can't be cut, or what may be another form of one. */

import type { Article } from '../article/article.ts';
import { andThen } from '../ops/soon.ts';
import type { HeaderPairs, OriginHead } from '../origin/origin.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { Identity } from '../readers/identify.ts';
import { accessHeader } from './access-header.ts';
import type { ArticleDependencies } from './answer-article.ts';
import { answerInstead, sendInstead } from './answer-instead.ts';
import { articleByPath } from './article-by-path.ts';
import type { Answer } from './ask.ts';
import { commandsAboutText } from './carried-headers.ts';
import { uncuttable } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Exchange } from './exchange.ts';
import type { ArticlePage } from './found.ts';
import { isMediaType } from './inspect-type.ts';
import { linkedAddresses } from './linked-addresses.ts';
import { outcomeFor } from './outcome-for.ts';
import type { PageBehind } from './page-behind.ts';
import { sendVariant } from './send-variant.ts';
import { purposeAt } from './soft-navigation.ts';
import { streamThrough } from './stream-through.ts';
import { headerValue } from './treatment.ts';
import { buildVariant } from './variant.ts';
import { withheldDocument } from './withheld-document.ts';

export type HeldAnswer = Extract<Answer, { kind: 'held' }>;
export type AnswerHeld = (held: HeldAnswer, exchange: Exchange) => Promise<void>;

interface Dependencies
  extends Pick<ArticleDependencies, 'identityOf' | 'viewArticle' | 'metrics' | 'log' | 'onDecision'> {
  readonly pageBehind: PageBehind;
  readonly hosts: readonly string[];
  readonly giveBack: ReturnHeaders;
}

export const createAnswerHeld = (dependencies: Dependencies): AnswerHeld => {
  const { pageBehind, hosts, giveBack, identityOf, viewArticle, metrics, onDecision } = dependencies;

  const decide = async (found: Judged, { asker }: Identity, exchange: Exchange): Promise<Decided> => {
    const { req, rules, now } = exchange;
    const { article } = found;
    const { rule, outcome: matched } = rules.matcher.match(article, now);
    const outcome = outcomeFor(found, matched, rules.policy);
    const purpose = purposeAt(exchange);
    const request = { article, rule, outcome, policy: rules.policy, asker, purpose, now };
    return andThen(viewArticle(request), (view) => {
      const decision = uncuttable(view.decision);
      const userAgent = req.headers['user-agent'];
      const nothingToWithhold = false;
      onDecision({
        article,
        view,
        decision,
        nothingToWithhold,
        uncuttable: true,
        asker,
        purpose,
        now,
        userAgent,
      });
      return { decision, viewed: view.decision };
    });
  };

  const withhold = async (
    article: Article,
    decision: Decision,
    extra: readonly string[],
    { req, res }: Exchange,
  ): Promise<void> => {
    const variant = await buildVariant({
      ...withheldDocument({ article }, decision),
      coding: 'identity',
      cacheControl: 'private, no-store',
      vary: 'Accept, Cookie, Authorization',
    });
    sendVariant(req, res, variant, extra);
  };

  /** The article whose form it is. Undefined for what is nobody's. */
  const judged = async (
    { head, why }: HeldAnswer,
    { target, path, rules }: Exchange,
  ): Promise<Judged | undefined> => {
    const alone = { article: articleByPath({ target, path }, rules) };
    // Pictures and recordings have no page that they are a form of.
    if (why === 'hold' && isMedia(head)) return alone;
    const stated = linkedAddresses(head, target, hosts);
    const page = await pageBehind({ target, path, hops: 0, stated }, rules);
    if (page?.kind === 'article') return page;
    // Where the page can't be asked for, nobody knows that this isn't its article.
    if (page) return { ...alone, unjudged: true };
    return why === 'hold' ? alone : undefined;
  };

  return async (answer, exchange) => {
    const { req, res, now } = exchange;
    const found = await judged(answer, exchange);
    if (found === undefined) {
      answer.held.proceed();
      return;
    }
    const { article } = found;
    const identity = await identityOf(req, now);
    const { decision, viewed } = await decide(found, identity, exchange);
    metrics.countDecision(decision.outcome, decision.reason);
    const instead = answerInstead(answer.head, exchange, viewed);
    if (instead) {
      answer.held.abort();
      sendInstead(exchange, instead, viewed);
      return;
    }
    const extra: HeaderPairs = [
      ['Gatefold-Access', accessHeader(decision)],
      // Without it each further document would be a new visitor's first.
      ...identity.setCookies.map((cookie) => ['Set-Cookie', cookie] as const),
    ];
    if (decision.outcome === 'preview') {
      answer.held.abort();
      await withhold(article, decision, extra.flat(), exchange);
      return;
    }
    answer.held.proceed((head, origin) =>
      streamThrough(res, head, [...gatedHeaders(head, giveBack), ...extra], origin),
    );
  };
};

interface Decided {
  /** As it is carried out: of what waits here no preview can be made. */
  readonly decision: Decision;
  readonly viewed: Decision;
}

type Judged = Pick<ArticlePage, 'article' | 'part' | 'unjudged'>;

const isMedia = ({ headers }: OriginHead): boolean => isMediaType(headerValue(headers, 'content-type'));

const statedAnew =
  /^(etag|last-modified|cache-control|expires|age|vary|set-cookie|accept-ranges|x-content-type-options)$/i;

/** Validators and caching of the origin's would let a cache give one reader's copy to another. */
const gatedHeaders = (head: OriginHead, giveBack: ReturnHeaders) => [
  ...giveBack(head.headers).filter(
    ([name]) =>
      (!statedAnew.test(name) || (isMedia(head) && /^accept-ranges$/i.test(name))) &&
      !commandsAboutText(name.toLowerCase()),
  ),
  ['Cache-Control', 'private, no-store'] as const,
  ['X-Content-Type-Options', 'nosniff'] as const,
  ['Vary', 'Accept, Cookie, Authorization'] as const,
];
