/** Gatefold's own pages and its mail: whole documents that do their work without script and leak nothing. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { renderAccountPage } from '../../src/pages/account-page.tsx';
import type { ErrorCode } from '../../src/pages/error-page.tsx';
import { renderErrorPage } from '../../src/pages/error-page.tsx';
import { signInMail } from '../../src/pages/mail-sign-in.tsx';
import { pageStyleHash } from '../../src/pages/page-shell.tsx';
import { contactLink, localPath, safeLink } from '../../src/pages/safe-link.ts';
import { renderCodePage, renderLinkPage, renderSignInPage } from '../../src/pages/sign-in-page.tsx';
import { renderSignedOutPage } from '../../src/pages/signed-out-page.tsx';
import { renderSubscribePage } from '../../src/pages/subscribe-page.tsx';
import { accountFacts, english, hostile, locales, messagesIn, site } from './example-facts.ts';

const hostileSite = { name: hostile, contact: hostile };
const elsewhere = '//elsewhere.example/x';
const codeFacts = {
  site,
  returnTo: '/a?b=1&c',
  email: 'ada@example.org',
  requestId: 'r1',
  expiresInMinutes: 15,
};

describe('every page', () => {
  const pages = {
    error: renderErrorPage({ site: hostileSite, code: 'not-found' }, english),
    'sign-in': renderSignInPage(
      { site: hostileSite, returnTo: elsewhere, email: hostile, fault: 'email' },
      english,
    ),
    code: renderCodePage(
      { ...codeFacts, site: hostileSite, returnTo: elsewhere, email: hostile, requestId: hostile },
      english,
    ),
    link: renderLinkPage({ site: hostileSite, link: hostile }, english),
    subscribe: renderSubscribePage(
      {
        site: hostileSite,
        offer: [{ name: hostile, products: [hostile] }],
        returnTo: elsewhere,
        articleTitle: hostile,
      },
      english,
    ),
    account: renderAccountPage(
      {
        ...accountFacts,
        site: hostileSite,
        email: hostile,
        entitlements: [{ productName: hostile, source: 'gift', startsAt: 0, endsAt: 1e13 }],
        devices: [{ id: '../../x"', label: hostile, lastSeenAt: 0, current: false }],
      },
      english,
    ),
    'signed-out': renderSignedOutPage({ site: hostileSite }, english),
  };

  test.each(Object.entries(pages))(
    '%s: what strangers wrote stays text and sends nobody elsewhere',
    (_, html) => {
      expect(html).toMatch(/^<!DOCTYPE html><html lang="en" dir="ltr">/);
      expect(html).not.toContain('<script');
      expect(html.match(/<\/title>/g)).toHaveLength(1);
      expect(html).not.toContain('"//elsewhere');
      expect(html).not.toMatch(/ style="/);
    },
  );

  test.each(Object.entries(pages))('%s: one style, allowed by its hash; nothing is fetched', (_, html) => {
    const styles = Array.from(html.matchAll(/<style>([^<]*)<\/style>/g), (match) => match[1] ?? '');
    expect(styles.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)).toEqual([
      pageStyleHash,
    ]);
    expect(html).not.toMatch(/<(link|img|iframe|script)|url\(|@import/);
  });

  test('every language has every page, marked with its language and direction', () => {
    for (const locale of locales) {
      const messages = messagesIn(locale);
      const html = renderSignInPage({ site, returnTo: '/' }, messages);
      expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
      expect(html).toContain(`<h1>${messages.text('signIn.title')}</h1>`);
    }
  });
});

describe('errors', () => {
  const codes: ErrorCode[] = [
    'bad-address',
    'not-found',
    'too-many-requests',
    'origin-unreachable',
    'unavailable',
    'origin-timeout',
  ];
  test.each(codes)('%s carries its code and a way on', (code) => {
    const html = renderErrorPage({ site, code }, english);
    expect(html).toContain(`<code>${code}</code>`);
    expect(html).toMatch(/<a class="button" href(="\/")?>/);
  });
});

describe('signing in', () => {
  test('the form asks for the address in a way that browsers and phones can help with', () => {
    const html = renderSignInPage({ site, returnTo: '/a?b=1&c' }, english);
    expect(html).toContain('<form class="stack" method="post" action="/-/sign-in">');
    expect(html).toMatch(/<input [^>]*name="email"[^>]*type="email"[^>]*autocomplete="email"/);
    expect(html).toContain('<input type="hidden" name="return" value="/a?b=1&amp;c"/>');
  });

  test('the code form carries the request, and offers the one-time code that phones fill in', () => {
    const html = renderCodePage(codeFacts, english);
    expect(html).toContain('action="/-/sign-in/code"');
    expect(html).toMatch(/name="code"[^>]*autocomplete="one-time-code"[^>]*inputmode="numeric"/);
    expect(html).toContain('name="requestId" value="r1"');
    expect(html).toContain('href="/-/sign-in?return=%2Fa%3Fb%3D1%26c"');
    expect(html).toContain('within 15 minutes');
  });

  test('following the link signs nobody in: a press is needed', () => {
    const html = renderLinkPage({ site, link: 'secret' }, english);
    expect(html).toContain('method="post" action="/-/sign-in/link"');
    expect(html).toContain('<input type="hidden" name="link" value="secret"/>');
    // A page's own word would outrank the header, which keeps the link out of every Referer.
    expect(html).not.toContain('name="referrer"');
  });

  test('a fault is announced and tied to its field', () => {
    const html = renderCodePage({ ...codeFacts, fault: 'code' }, english);
    expect(html).toMatch(/<p class="fault" id="fault" role="alert">/);
    expect(html).toMatch(/aria-invalid="true" aria-describedby="fault"/);
  });
});

describe('subscribing', () => {
  test('while nothing can be bought it says so, and whom to write to', () => {
    const html = renderSubscribePage(
      { site, offer: [{ name: 'Digital', products: ['A', 'B'] }], returnTo: '/a' },
      english,
    );
    expect(html).toContain('arranged with the publisher');
    expect(html).toContain('href="mailto:readers@example.org"');
    expect(html).toContain('href="/-/sign-in?return=%2Fa"');
    expect(html).toContain('Includes A and B');
    expect(html).not.toContain('<form');
  });

  test('with checkout it posts the choice and the way back, and no longer sends readers to the publisher', () => {
    const offer = [
      { name: 'Digital', products: [], checkout: { action: '/-/checkout', fields: { plan: 'd' } } },
    ];
    const html = renderSubscribePage({ site, offer, returnTo: '/a', email: 'ada@example.org' }, english);
    expect(html).toContain('method="post" action="/-/checkout"');
    expect(html).toContain('name="plan" value="d"');
    expect(html).toContain('name="return" value="/a"');
    expect(html).not.toContain('arranged with');
    expect(html).not.toContain('/-/sign-in');
  });
});

describe('the account', () => {
  test('says what can be read, until its last day, and why', () => {
    expect(renderAccountPage(accountFacts, english)).toContain(
      'Until 3 May 2027 · given to you by the publisher',
    );
  });

  test('every device can be signed out, and all at once', () => {
    const html = renderAccountPage(accountFacts, english);
    expect(html).toContain('action="/-/account/devices/other%2Fone/sign-out"');
    expect(html).toContain('action="/-/account/devices/all/sign-out"');
    expect(html).toContain('action="/-/sign-out"');
    expect(html).toContain('aria-label="Sign out: Firefox on Linux"');
  });

  test('without an entitlement it leads to the offer', () => {
    expect(renderAccountPage({ ...accountFacts, entitlements: [] }, english)).toContain(
      'href="/-/subscribe"',
    );
  });
});

describe('the sign-in mail', () => {
  const facts = {
    siteName: site.name,
    link: 'https://read.example/-/sign-in/link?t=a&b=c',
    code: '482913',
    expiresInMinutes: 15,
  };

  test.each(locales)('in %s both bodies hold link, code, minutes and site', (locale) => {
    const { subject, text, html } = signInMail(facts, messagesIn(locale));
    expect(subject).toContain(site.name);
    for (const body of [text, html.replaceAll('&amp;', '&')]) {
      for (const part of [facts.link, facts.code, '15', site.name]) expect(body).toContain(part);
    }
    expect(html).toContain(`lang="${locale}"`);
    expect(html).not.toMatch(/<(img|link|script)/);
  });

  test('a site’s name can neither begin another header nor another element', () => {
    const { subject, html } = signInMail({ ...facts, siteName: `A\r\nBcc: x@y.example ${hostile}` }, english);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toContain('<script');
  });

  test('a mail without a working link is not made', () => {
    expect(() => signInMail({ ...facts, link: '/-/sign-in/link' }, english)).toThrow('PUBLIC_URL');
    expect(() => signInMail({ ...facts, link: 'javascript:alert(1)' }, english)).toThrow('PUBLIC_URL');
  });
});

describe('addresses', () => {
  test.each([
    '//e.example',
    '/\\e.example',
    '/\t/e.example',
    'https://e.example',
    'javascript:x',
    '',
    'a',
    '\\\\e',
    ' //e',
  ])('%j is no way back', (address) => {
    expect(localPath(address)).toBe('/');
  });

  test.each([
    'javascript:x',
    ' JavaScript:x',
    'java\tscript:x',
    'data:x',
    'vbscript:x',
    'https:',
    'https:///x',
    'a/b',
    '\u0001javascript:x',
  ])('%j is no link', (address) => {
    expect(safeLink(address)).toBeUndefined();
  });

  test('a contact is a mail address or a page; anything else stays words', () => {
    expect(contactLink('a@b.example')).toBe('mailto:a@b.example');
    expect(contactLink('https://b.example/write')).toBe('https://b.example/write');
    expect(contactLink('a@b.example?bcc=c@d.example')).toBeUndefined();
    expect(contactLink('call us')).toBeUndefined();
  });
});
