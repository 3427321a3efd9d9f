/** Facts that the tests of the pages share. */
import type { AccountFacts } from '../../src/pages/account-page.tsx';
import type { Messages } from '../../src/pages/messages/create-messages.ts';
import { createMessages } from '../../src/pages/messages/create-messages.ts';
import type { Card } from '../../src/pages/more-from.tsx';
import type { NoticeFacts } from '../../src/pages/notice.tsx';
import type { PromptFacts } from '../../src/pages/prompt.tsx';

export const locales = ['en', 'de', 'fr', 'ar', 'zh'] as const;

/** Midnight in Berlin, still 30 November in UTC. */
export const firstOfDecember = Date.parse('2026-12-01T00:00:00+01:00');

export const messagesIn = (locale: string): Messages =>
  createMessages({ overrides: {}, siteLanguage: 'en', timeZone: 'Europe/Berlin' })(locale);

export const english = messagesIn('en');

export const hostile = `</title></style></template><script>alert(1)</script>" onload='x' &amp; <!--`;

export const site = {
  name: 'The Meridian Review',
  contact: 'readers@example.org',
  visitorNumber: 'k3Vx_9d-Ab.Kd93jfkd-fj39fkdJf93xQ',
};

export const card = (over: Partial<Card> = {}): Card => ({
  publication: 'Harbour Quarterly',
  minutes: 6,
  section: 'World',
  title: 'The pilots of the outer bank',
  excerpt: 'x'.repeat(250),
  href: '/harbour/pilots',
  language: 'en',
  ...over,
});

export const promptFacts = (over: Partial<PromptFacts> = {}): PromptFacts => ({
  reason: 'meter-exhausted',
  prompt: 'subscribe',
  siteName: site.name,
  standing: { of: 3, resetsAt: firstOfDecember },
  plans: [],
  reference: 'k7f3-2m9q-b4xz',
  links: { subscribe: '/-/subscribe?return=%2Fa', signIn: '/-/sign-in?return=%2Fa' },
  amp: false,
  ...over,
});

export const noticeFacts = (left: number, over: Partial<NoticeFacts> = {}): NoticeFacts => ({
  standing: { left, of: 3, resetsAt: firstOfDecember },
  audience: 'visitor',
  reread: false,
  links: { subscribe: '/-/subscribe' },
  amp: false,
  ...over,
});

export const accountFacts: AccountFacts = {
  site,
  email: 'ada@example.org',
  now: firstOfDecember,
  entitlements: [
    {
      productName: 'Everything',
      source: 'comp',
      startsAt: 0,
      endsAt: Date.parse('2027-05-04T00:00:00+02:00'),
    },
  ],
  devices: [
    { id: 'this-one', label: 'Firefox on Linux', lastSeenAt: firstOfDecember, current: true },
    { id: 'other/one', label: '', lastSeenAt: 0, current: false },
  ],
};
