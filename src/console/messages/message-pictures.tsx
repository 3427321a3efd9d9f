/** What messages look like where readers meet them: the real parts and pages, about somebody made up. */
import { renderAccountPage } from '../../pages/account-page.tsx';
import { renderErasePage } from '../../pages/erase-page.tsx';
import { renderErrorPage } from '../../pages/error-page.tsx';
import { signInMail } from '../../pages/mail-sign-in.tsx';
import type { Messages } from '../../pages/messages/create-messages.ts';
import { renderMoreFrom } from '../../pages/more-from.tsx';
import { renderNotice } from '../../pages/notice.tsx';
import { renderPaymentNotice } from '../../pages/payment-notice.tsx';
import { type PromptFacts, renderPrompt } from '../../pages/prompt.tsx';
import { renderCodePage, renderLinkPage, renderSignInPage } from '../../pages/sign-in-page.tsx';
import { renderSignedOutPage } from '../../pages/signed-out-page.tsx';
import { renderSubscribePage } from '../../pages/subscribe-page.tsx';
import type { Policy } from '../../policy/policy.ts';
import type { MessageGroup } from './message-groups.ts';

export interface PictureFacts {
  readonly policy: Pick<Policy, 'site' | 'plans' | 'products'>;
  readonly messages: Messages;
  /** Wherever a number is shown. */
  readonly count: number;
  /** Milliseconds. */
  readonly now: number;
  /** `https://host[:port]` */
  readonly publicUrl: string;
}

interface Picture {
  readonly id: string;
  readonly name: string;
  readonly render: (facts: PictureFacts) => string;
}

const dayMs = 86_400_000;

/** A whole document. */
export const drawMessages = (group: MessageGroup, id: string, facts: PictureFacts): string => {
  const [first, ...others] = pictures[group];
  return (others.find((picture) => picture.id === id) ?? first).render(facts);
};

const part = (html: string, { messages: { locale, direction } }: PictureFacts): string =>
  `<!DOCTYPE html><html lang="${locale}" dir="${direction}"><head><meta charset="utf-8"><title>-</title><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><style>body{margin:1rem;background:Canvas;color:CanvasText;font:400 1.0625rem/1.6 Georgia,serif}</style></head><body>${html}</body></html>`;

const prompt =
  (reason: PromptFacts['reason'], ask: PromptFacts['prompt'] = 'subscribe') =>
  (facts: PictureFacts) => {
    const { policy, messages, count, now } = facts;
    const plans = policy.plans.map(({ name, description }) => ({
      name,
      ...(description ? { description } : {}),
    }));
    const html = renderPrompt(
      {
        ...{ reason, prompt: ask, siteName: policy.site.name, amp: false },
        standing: { of: count, resetsAt: now + 8 * dayMs },
        plans: ask === 'subscribe' ? plans.slice(0, 4) : [],
        reference: 'k7m2-q4tx-9c',
        links: { subscribe: '/-/subscribe', signIn: '/-/sign-in' },
      },
      messages,
    );
    return part(html, facts);
  };

const notice =
  (audience: 'visitor' | 'registered', left?: number, reread = false) =>
  (facts: PictureFacts) => {
    const { count, now, messages } = facts;
    const standing = { left: left ?? count, of: Math.max(3, count), resetsAt: now + 8 * dayMs };
    const links = { subscribe: '/-/subscribe' };
    return part(renderNotice({ standing, audience, reread, links, amp: false }, messages), facts);
  };

const paymentDue = (facts: PictureFacts): string => {
  const payBy = facts.messages.date(facts.now + 7 * dayMs);
  return part(renderPaymentNotice({ payBy, link: '/-/account', amp: false }, facts.messages), facts);
};

const cards = (facts: PictureFacts): string => {
  const { policy, messages, count } = facts;
  const { name, language } = policy.site;
  const card = { publication: name, minutes: count, title: '…', excerpt: '…', href: '/', language };
  const shown = { moreFrom: { publication: name, cards: [card, card] }, related: [card], amp: false };
  return part(renderMoreFrom(shown, messages), facts);
};

const siteOf = ({ policy: { site } }: PictureFacts) => ({
  name: site.name,
  ...(site.contact === undefined ? {} : { contact: site.contact }),
});

const subscribe = (facts: PictureFacts): string => {
  const { policy, messages } = facts;
  const offer = policy.plans.map(({ name, description, products }) => ({
    ...{ name, ...(description ? { description } : {}) },
    products: policy.products.filter(({ id }) => products.includes(id)).map((product) => product.name),
    checkout: { action: '/-/checkout', fields: {} },
  }));
  return renderSubscribePage({ site: siteOf(facts), offer, returnTo: '/', articleTitle: '…' }, messages);
};

const mailed = ({ policy, messages, publicUrl, count }: PictureFacts): string => {
  const link = `${publicUrl}/-/sign-in/link`;
  return signInMail({ siteName: policy.site.name, link, code: '123456', expiresInMinutes: count }, messages)
    .html;
};

const account = (facts: PictureFacts): string => {
  const { policy, messages, now, count } = facts;
  const productName = policy.products[0]?.name ?? policy.site.name;
  return renderAccountPage(
    {
      ...{ site: siteOf(facts), email: reader, now, allowedDevices: count },
      entitlements: [{ productName, source: 'comp', startsAt: now, endsAt: now + 30 * dayMs }],
      devices: [{ id: 'this', label: '', lastSeenAt: now, current: true }],
    },
    messages,
  );
};

const reader = 'reader@example.com';

const pictures: Readonly<Record<MessageGroup, readonly [Picture, ...Picture[]]>> = {
  prompt: [
    { id: 'exhausted', name: 'Free articles used up', render: prompt('meter-exhausted') },
    { id: 'registration', name: 'An account is enough', render: prompt('registration-required', 'register') },
    { id: 'locked', name: 'For subscribers', render: prompt('locked') },
    { id: 'network', name: 'Used up by the network', render: prompt('network-exhausted') },
    { id: 'prefetch', name: 'Loaded ahead', render: prompt('prefetch') },
    { id: 'uncuttable', name: 'Nothing to show', render: prompt('uncuttable') },
    { id: 'degraded', name: 'Something is down', render: prompt('degraded') },
  ],
  notice: [
    { id: 'left', name: 'Free articles left', render: notice('visitor') },
    { id: 'registered', name: 'Left with an account', render: notice('registered') },
    { id: 'last', name: 'The last one', render: notice('visitor', 0) },
    { id: 'reread', name: 'Read again', render: notice('visitor', 0, true) },
    { id: 'due', name: 'A payment failed', render: paymentDue },
  ],
  cards: [{ id: 'cards', name: 'Cards', render: cards }],
  plans: [{ id: 'subscribe', name: 'Subscriptions', render: subscribe }],
  signIn: [
    {
      id: 'address',
      name: 'The address',
      render: (facts) => renderSignInPage({ site: siteOf(facts), returnTo: '/' }, facts.messages),
    },
    {
      id: 'code',
      name: 'The code',
      render: (facts) =>
        renderCodePage(
          { site: siteOf(facts), returnTo: '/', email: reader, requestId: '', expiresInMinutes: facts.count },
          facts.messages,
        ),
    },
    {
      id: 'link',
      name: 'The link',
      render: (facts) => renderLinkPage({ site: siteOf(facts), link: '' }, facts.messages),
    },
    {
      id: 'out',
      name: 'Signed out',
      render: (facts) => renderSignedOutPage({ site: siteOf(facts) }, facts.messages),
    },
  ],
  account: [
    { id: 'account', name: 'The account', render: account },
    {
      id: 'erase',
      name: 'Erasing it',
      render: (facts) =>
        renderErasePage({ site: siteOf(facts), running: [], customer: true }, facts.messages),
    },
  ],
  mail: [{ id: 'sign-in', name: 'The sign-in mail', render: mailed }],
  pages: [
    {
      id: 'not-found',
      name: 'Not found',
      render: (facts) => renderErrorPage({ site: siteOf(facts), code: 'not-found' }, facts.messages),
    },
    {
      id: 'unavailable',
      name: 'Out of order',
      render: (facts) => renderErrorPage({ site: siteOf(facts), code: 'unavailable' }, facts.messages),
    },
  ],
};

/** What can be chosen from. */
export const picturesOf = (group: MessageGroup): readonly Pick<Picture, 'id' | 'name'>[] => pictures[group];
