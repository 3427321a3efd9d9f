/** What the access API says of one address and one reader: the same decision as the page's, without the page. */
import { andThen } from '../ops/soon.ts';
import { Unfinished } from '../ops/threads.ts';
import type { Identity } from '../readers/identify.ts';
import { accessHeader } from './access-header.ts';
import type { AskedAddress } from './asked-address.ts';
import { type Purpose, uncuttable } from './decide.ts';
import type { Decision } from './decision.ts';
import { type ArticlePage, isSuccess } from './found.ts';
import type { Locate } from './locate.ts';
import type { OnDecision } from './on-decision.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { cutFailed, type Ruling, type RulingOf } from './ruling.ts';
import type { View, ViewArticle } from './view-article.ts';

export interface AccessAnswer {
  readonly body: AccessBody;
  /** `Gatefold-Access`; absent where no article stands. */
  readonly header?: string;
}

export type AccessBody = { readonly url: string } & (
  | typeof notAnArticle
  /** Each of its entries is cut as its article's page would be, so nobody may send it on uncut. */
  | { readonly access: 'preview'; readonly article: null; readonly reason: 'feed' }
  | { readonly access: 'unknown'; readonly article: null; readonly reason: 'origin-unavailable' }
  /** What stands there is no single article, or nobody knows, and staff get it as it is. */
  | { readonly access: 'full'; readonly article: null; readonly reason: 'staff' }
  | {
      readonly access: 'full' | 'preview';
      readonly reason: string;
      readonly article: { readonly id: string; readonly title: string; readonly publication: string };
      readonly meter?: { readonly left: number; readonly of: number; readonly resetsAt: string };
      readonly entitlement?: {
        readonly product: string;
        readonly source: string;
        readonly endsAt: string;
        /** Money is owed for it: it ends at `endsAt` unless it is paid. */
        readonly paymentDue?: boolean;
      };
      readonly products?: readonly string[];
      readonly subscribe?: string;
    }
);

/** Nothing to decide: whoever asks may send it on. */
export const notAnArticle = { access: 'open', article: null, reason: 'not-an-article' } as const;

export type AnswerAccess = (
  address: AskedAddress,
  identity: Identity,
  purpose: Purpose,
  now: number,
  /** The reader's, as the proxy that asks passed it on. */
  userAgent?: string,
) => Promise<AccessAnswer>;

/** One view of a located article, decided: what serves the page, the access API and explain alike. */
export interface DecidedView {
  readonly page: ArticlePage;
  readonly ruling: Ruling;
  readonly view: View;
  readonly decision: Decision;
}

interface Dependencies {
  readonly locate: Locate;
  readonly rulingOf: RulingOf;
  readonly viewArticle: ViewArticle;
  readonly inForce: () => PolicyInForce;
}

export type DecideAt = (
  address: AskedAddress,
  identity: Pick<Identity, 'asker'>,
  purpose: Purpose,
  now: number,
) => Promise<DecidedView | 'not-an-article' | 'feed' | 'unavailable'>;

export const createDecideAt =
  ({ locate, rulingOf, viewArticle, inForce }: Dependencies): DecideAt =>
  async (address, { asker }, purpose, now) => {
    const rules = inForce();
    const page = await locate(address.target, address.path, rules);
    if (page === undefined) return 'not-an-article';
    if (page.kind !== 'article') return page.kind;
    const ruling = await rulingSoon(rulingOf(page, rules, now));
    if (ruling === 'busy') return 'unavailable';
    const { rule, outcome } = ruling;
    const request = {
      article: page.article,
      rule,
      outcome,
      policy: rules.policy,
      asker,
      purpose: isSuccess(page) ? purpose : 'prefetch',
      now,
    } as const;
    return andThen(viewArticle(request), (view) => ({
      page,
      ruling,
      view,
      decision: cutFailed(ruling) ? uncuttable(view.decision) : view.decision,
    }));
  };

/** Too many large pages wait to be cut. */
const rulingSoon = async (ruling: ReturnType<RulingOf>): Promise<Ruling | 'busy'> => {
  try {
    return await ruling;
  } catch (error) {
    if (error instanceof Unfinished) return 'busy';
    throw error;
  }
};

export const createAnswerAccess =
  (decideAt: DecideAt, onDecision: OnDecision): AnswerAccess =>
  async (address, identity, purpose, now, userAgent) => {
    const decided = await decideAt(address, identity, purpose, now);
    const { url } = address;
    const { staff } = identity.asker;
    if (decided === 'not-an-article') return { body: { url, ...notAnArticle } };
    if (staff && typeof decided === 'string')
      return { body: { url, access: 'full', article: null, reason: 'staff' } };
    if (decided === 'feed') return { body: { url, access: 'preview', article: null, reason: 'feed' } };
    if (decided === 'unavailable')
      return { body: { url, access: 'unknown', article: null, reason: 'origin-unavailable' } };
    const { page, ruling, view, decision } = decided;
    const { nothingToWithhold } = ruling;
    if (staff) return { body: { url, ...described(decided) }, header: accessHeader(decision) };
    onDecision({
      ...{ article: page.article, view, decision, nothingToWithhold, uncuttable: cutFailed(ruling) },
      ...{ asker: identity.asker, purpose, now, userAgent },
    });
    return { body: { url, ...described(decided) }, header: accessHeader(decision) };
  };

const described = ({ page, decision }: DecidedView) => {
  const { id, title, publication } = page.article;
  const { standing } = decision;
  return {
    access: decision.outcome,
    reason: decision.reason,
    article: { id, title, publication },
    ...(standing
      ? {
          meter: {
            left: standing.left,
            of: standing.of,
            resetsAt: new Date(standing.resetsAt).toISOString(),
          },
        }
      : {}),
    ...(decision.outcome === 'full' && decision.entitlement
      ? {
          entitlement: {
            product: decision.entitlement.product,
            source: decision.entitlement.source,
            endsAt: new Date(decision.entitlement.endsAt).toISOString(),
            ...(decision.entitlement.paymentDue ? { paymentDue: true } : {}),
          },
        }
      : {}),
    ...(decision.outcome === 'preview'
      ? { products: decision.products, subscribe: `/-/subscribe?return=${encodeURIComponent(id)}` }
      : {}),
  };
};
