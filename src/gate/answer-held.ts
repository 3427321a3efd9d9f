/** A response that waits at the gate: an article in a type that can't be cut, or what may be another form of one. */

import { LRUCache } from 'lru-cache';
import type { Article } from '../article/article.ts';
import { andThen } from '../ops/soon.ts';
import type { HeaderPairs, OriginHead } from '../origin/origin.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { Identity } from '../readers/identify.ts';
import { accessHeader } from './access-header.ts';
import type { ArticleDependencies } from './answer-article.ts';
import { articleByPath } from './article-by-path.ts';
import type { Answer } from './ask.ts';
import { commandsAboutText } from './carried-headers.ts';
import { uncuttable } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Exchange } from './exchange.ts';
import { pagesBehind } from './form-address.ts';
import type { Locate } from './locate.ts';
import { purposeOf } from './purpose.ts';
import { sendVariant } from './send-variant.ts';
import { streamThrough } from './stream-through.ts';
import { headerValue } from './treatment.ts';
import { buildVariant } from './variant.ts';
import { withheldDocument } from './withheld-document.ts';

export type HeldAnswer = Extract<Answer, { kind: 'held' }>;
export type AnswerHeld = (held: HeldAnswer, exchange: Exchange) => Promise<void>;

interface Dependencies
  extends Pick<ArticleDependencies, 'identityOf' | 'viewArticle' | 'metrics' | 'log' | 'onDecision'> {
  readonly locate: Locate;
  readonly giveBack: ReturnHeaders;
}

export const createAnswerHeld = (dependencies: Dependencies): AnswerHeld => {
  const { locate, giveBack, identityOf, viewArticle, metrics, onDecision } = dependencies;

  const decide = async (
    article: Article,
    { asker }: Identity,
    { req, method, rules, now }: Exchange,
  ): Promise<Decision> => {
    const { rule, outcome } = rules.matcher.match(article, now);
    const purpose = purposeOf(method, req.headers);
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
      return decision;
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

  /** Looked at lately, and no article's: a program that asks again and again isn't looked at each time. */
  const cleared = new LRUCache<string, true>({ max: 10_000, ttl: 60_000 });

  /** The article whose page the address is, or whose other form its name says it may be. */
  const behind = async ({ target, path, rules }: Exchange): ReturnType<Locate> => {
    const own = await locate(target, path, rules);
    if (own !== undefined) return own;
    for (const page of pagesBehind(path)) {
      const found = await locate(page, page, rules);
      if (found?.kind === 'article') return found;
    }
    return undefined;
  };

  return async (answer, exchange) => {
    const { rules, req, res, now } = exchange;
    if (isRedirect(answer.head)) {
      answer.held.abort();
      res.writeHead(answer.head.status, bodiless(giveBack(answer.head.headers)).flat());
      res.end();
      return;
    }
    const page = answer.why === 'probe' && cleared.has(exchange.target) ? undefined : await behind(exchange);
    // Where the page can't be asked for, nobody knows that this isn't its article.
    if (answer.why === 'probe' && page === undefined) {
      cleared.set(exchange.target, true);
      answer.held.proceed();
      return;
    }
    const article = page?.kind === 'article' ? page.article : articleByPath(exchange, rules);
    const identity = await identityOf(req, now);
    const decision = await decide(article, identity, exchange);
    metrics.countDecision(decision.outcome, decision.reason);
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

/** Where to go is no article's text; what is written beside it might be. */
const isRedirect = ({ status, headers }: OriginHead): boolean =>
  status >= 300 && status < 400 && headerValue(headers, 'location') !== undefined;

const bodiless = (headers: HeaderPairs): HeaderPairs => [
  ...headers.filter(([name]) => !/^content-(length|type|encoding|md5|digest)$/i.test(name)),
  ['Content-Length', '0'],
];

const statedAnew =
  /^(etag|last-modified|cache-control|expires|age|vary|set-cookie|accept-ranges|x-content-type-options)$/i;

/** Validators and caching of the origin's would let a cache give one reader's copy to another. */
const gatedHeaders = (head: OriginHead, giveBack: ReturnHeaders) => [
  ...giveBack(head.headers).filter(
    ([name]) => !statedAnew.test(name) && !commandsAboutText(name.toLowerCase()),
  ),
  ['Cache-Control', 'private, no-store'] as const,
  ['X-Content-Type-Options', 'nosniff'] as const,
  ['Vary', 'Accept, Cookie, Authorization'] as const,
];
