/** The page of one article as one kind of reader gets it: its parts, with what Gatefold says put in their place. */
import type { Article } from '../article/article.ts';
import type { Entitlement } from '../entitlements/entitlement.ts';
import { keepInPlace } from '../pages/keep-in-place.ts';
import type { Messages } from '../pages/messages/create-messages.ts';
import { type MoreFromFacts, renderMoreFrom } from '../pages/more-from.tsx';
import { renderNotice } from '../pages/notice.tsx';
import { renderPaymentNotice } from '../pages/payment-notice.tsx';
import { type PromptFacts, type PromptPlan, renderPrompt } from '../pages/prompt.tsx';
import { renderWithheldBody } from '../pages/withheld-body.tsx';
import type { Policy } from '../policy/policy.ts';
import { MAX_PUBLIC_SUMMARY } from '../preview/carriers.ts';
import type { PageParts, WithheldPage } from '../preview/page-parts.ts';
import { publicationName } from './cards.ts';
import type { Decision, Deny, Grant } from './decision.ts';
import type { DecisionCode } from './decision-code.ts';

export interface PageFacts {
  readonly article: Article;
  readonly policy: Policy;
  readonly messages: Messages;
  readonly cards: MoreFromFacts;
  /** The origin leaves the cards to us on the full page too (the content folder). */
  readonly cardsOnFull: boolean;
  readonly registered: boolean;
  /** What a prompt offers. */
  readonly plans: readonly PromptPlan[];
  /** The decision's code, for a prompt. */
  readonly reference?: DecisionCode;
}

export const composeFull = (parts: PageParts, decision: Grant, facts: PageFacts): string => {
  const { head, headAllowingStyle = head, body, tail, afterRoot } = parts.full;
  const cards = facts.cardsOnFull ? renderMoreFrom({ ...facts.cards, amp: parts.amp }, facts.messages) : '';
  const line = paymentNotice(parts, decision, facts) ?? notice(parts, decision, facts);
  const start = line === '' && cards === '' ? head : headAllowingStyle;
  if (afterRoot === undefined) return `${start}${line}${body}${cards}${tail}`;
  return `${start}${body}${cards}${tail}${line === '' ? '' : line + keepInPlace}${afterRoot}`;
};

export const composePreview = (parts: PageParts, decision: Deny, facts: PageFacts): string => {
  const { head, tail } = parts.preview;
  const prompt = renderPrompt(promptFacts(decision, facts, parts.amp), facts.messages);
  return `${head}${prompt}${parts.takenOver ? keepInPlace : ''}${tail}`;
};

export const composeWithheld = (page: WithheldPage, decision: Deny, facts: PageFacts): string =>
  page.head +
  renderWithheldBody(
    {
      // A longer one is no title: it may be the text.
      title: facts.article.title.length <= MAX_PUBLIC_SUMMARY ? facts.article.title : '',
      language: facts.article.language,
      prompt: promptFacts(decision, facts, false),
    },
    facts.messages,
  ) +
  page.tail;

/** What a page's form depends on beside its content, its cutoff and the policy: equal keys, equal pages. */
export const formKey = (decision: Decision, registered: boolean, messages: () => Messages): string => {
  const { outcome, reason, standing } = decision;
  if (outcome === 'full' && decision.entitlement?.paymentDue)
    return `full:due:${payBy(decision.entitlement, messages())}`;
  if (outcome === 'full' && !standing) return 'full';
  const counted = standing
    ? `${standing.left}/${standing.of}/${Math.floor(standing.resetsAt / 3_600_000)}`
    : '';
  return `${outcome}:${reason}:${counted}:${registered ? 'r' : 'v'}`;
};

/** Shown whatever the policy says of notices: whoever owes money must hear of it while there is time. */
const paymentNotice = (parts: PageParts, { entitlement }: Grant, facts: PageFacts): string | undefined =>
  entitlement?.paymentDue &&
  renderPaymentNotice(
    { payBy: payBy(entitlement, facts.messages), link: '/-/account#payment', ...placeOf(parts) },
    facts.messages,
  );

/** An entitlement ends just before `endsAt`: one that ends at midnight is to be paid the day before. */
const payBy = ({ endsAt }: Entitlement, messages: Messages): string => messages.date(endsAt - 1);

const notice = (parts: PageParts, { reason, standing }: Grant, facts: PageFacts): string =>
  standing && facts.policy.preview.notice
    ? renderNotice(
        {
          standing,
          audience: facts.registered ? 'registered' : 'visitor',
          reread: reason === 'already-read',
          links: { subscribe: linkTo('subscribe', facts.article) },
          ...placeOf(parts),
        },
        facts.messages,
      )
    : '';

const placeOf = ({ amp, full }: PageParts) => ({ amp, atFoot: full.afterRoot !== undefined });

const promptFacts = (decision: Deny, facts: PageFacts, amp: boolean): PromptFacts => {
  const { article, policy, registered } = facts;
  return {
    reason: decision.reason,
    prompt: decision.prompt,
    ...(decision.standing ? { standing: decision.standing } : {}),
    siteName: policy.site.name,
    publicationName: publicationName(article, policy),
    plans: facts.plans,
    ...(facts.reference === undefined ? {} : { reference: facts.reference }),
    links: {
      subscribe: linkTo('subscribe', article),
      signIn: linkTo('sign-in', article),
      ...(registered ? { account: '/-/account' } : {}),
    },
    amp,
    cards: facts.cards,
  };
};

const linkTo = (page: 'subscribe' | 'sign-in', article: Article): string =>
  `/-/${page}?return=${encodeURIComponent(article.id)}`;
