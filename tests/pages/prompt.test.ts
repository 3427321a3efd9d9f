/** Prompt, notice and cards: the words that have to be there, and nothing that a title could break. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'parse5';
import type { DenyReason } from '../../src/gate/decision.ts';
import { isolatedStyleHashes } from '../../src/pages/isolated-style.ts';
import { renderMoreFrom } from '../../src/pages/more-from.tsx';
import { renderNotice } from '../../src/pages/notice.tsx';
import { promptStyleHash, renderPrompt } from '../../src/pages/prompt.tsx';
import { renderWithheldBody } from '../../src/pages/withheld-body.tsx';
import { card, english, hostile, locales, messagesIn, noticeFacts, promptFacts } from './example-facts.ts';

const line = 'You’re reading a preview, subscribe to read more.';
const reasons: DenyReason[] = [
  'registration-required',
  'meter-exhausted',
  'network-exhausted',
  'meter-off',
  'locked',
  'prefetch',
  'uncuttable',
  'degraded',
];
const withCards = {
  moreFrom: { publication: 'Harbour Quarterly', cards: [card(), card({ minutes: 1 }), card()] },
  related: [card({ language: 'ar', title: 'مقال' }), card({ language: 'zh', title: '文章' })],
};
const hashesOf = (html: string): string[] =>
  Array.from(
    html.matchAll(/<style>([^<]*)<\/style>/g),
    (style) =>
      `'sha256-${createHash('sha256')
        .update(style[1] ?? '')
        .digest('base64')}'`,
  );

describe('the prompt', () => {
  test.each(reasons)('for %s it holds the line and both links outside the shadow tree', (reason) => {
    for (const prompt of ['register', 'subscribe'] as const) {
      const html = renderPrompt(promptFacts({ reason, prompt }), english);
      const light = html.replace(/<template[\s\S]*<\/template>/, '');
      expect(light).toContain(`<p slot="line">${line}</p>`);
      expect(light).toMatch(/<a slot="subscribe" href="\/-\/s/);
      expect(light).toContain('<a slot="sign-in" href="/-/sign-in?return=%2Fa">Sign in</a>');
    }
  });

  test('it says why the article ends here, and when free reading starts again', () => {
    const says = (reason: DenyReason, of: number) =>
      renderPrompt(promptFacts({ reason, standing: { of, resetsAt: Date.UTC(2026, 11, 1) } }), english);
    expect(says('meter-exhausted', 3)).toContain(
      'You’ve read your 3 free articles. Free reading starts again on 1 December.',
    );
    expect(says('meter-exhausted', 1)).toContain('You’ve read your free article.');
    expect(says('network-exhausted', 3)).toContain(
      'on your network have been used up. Free reading starts again on 1 December.',
    );
    expect(says('degraded', 3)).toContain('Please try again in a few minutes.');
  });

  test.each(locales)('in %s its code stands once, outside the shadow tree, small inside it', (locale) => {
    const html = renderPrompt(promptFacts(), messagesIn(locale));
    const [shadow = '', light = ''] = html.split('</template>');
    expect(light).toMatch(/<small slot="reference">[^<]*k7f3-2m9q-b4xz[^<]*<\/small>/);
    expect(shadow).toContain('<p class="reference"><slot name="reference"></slot></p>');
    expect(html.split('>')).toContain(
      '<img class="seen-mark" src="/-/seen/k7f3-2m9q-b4xz" alt width="1" height="1" loading="lazy"/',
    );
    expect(html.replace('/-/seen/k7f3-2m9q-b4xz', '').split('k7f3-2m9q-b4xz')).toHaveLength(2);
    const plain = renderPrompt(promptFacts({ amp: true }), messagesIn(locale));
    expect(plain.split('k7f3-2m9q-b4xz')).toHaveLength(2);
  });

  test('nobody is told that they read an allowance of none', () => {
    const html = renderPrompt(promptFacts({ standing: { of: 0, resetsAt: 0 } }), english);
    expect(html).not.toContain('You’ve read');
    expect(html).toContain('for subscribers');
  });

  test('a registration wall leads to signing in, not to paying', () => {
    const html = renderPrompt(promptFacts({ reason: 'registration-required', prompt: 'register' }), english);
    expect(html).toContain('<a slot="subscribe" href="/-/sign-in?return=%2Fa">Create a free account</a>');
  });

  test('a reader who is signed in is not asked to sign in', () => {
    const links = { subscribe: '/-/subscribe', signIn: '/-/sign-in', account: '/-/account' };
    const html = renderPrompt(promptFacts({ links }), english);
    expect(html).not.toContain('/-/sign-in');
    expect(html).toContain('href="/-/account"');
  });

  test('without cards it weighs less than 6 KB in every language', () => {
    for (const locale of locales) {
      const html = renderPrompt(promptFacts(), messagesIn(locale));
      expect(Buffer.byteLength(html)).toBeLessThan(6144);
    }
  });

  test('equal facts give equal bytes', () => {
    expect(renderPrompt(promptFacts({ cards: withCards }), english)).toBe(
      renderPrompt(promptFacts({ cards: withCards }), english),
    );
  });

  test('Arabic is marked as such and written from right to left', () => {
    expect(renderPrompt(promptFacts(), messagesIn('ar-EG'))).toMatch(
      /^<gatefold-prompt lang="ar" dir="rtl">/,
    );
    expect(renderNotice(noticeFacts(2), messagesIn('ar'))).toMatch(/^<gatefold-notice lang="ar" dir="rtl">/);
  });

  test('hostile names, plans and cards stay text, and a script is no address', () => {
    const html = renderPrompt(
      promptFacts({
        siteName: hostile,
        publicationName: hostile,
        plans: [{ name: hostile, description: hostile, priceText: hostile }],
        links: { subscribe: ' java\nscript:alert(1)', signIn: 'data:text/html,x' },
        cards: {
          moreFrom: {
            publication: hostile,
            cards: [
              card({
                title: hostile,
                excerpt: hostile,
                section: hostile,
                language: hostile,
                href: 'javascript:alert(1)',
              }),
            ],
          },
        },
      }),
      english,
    );
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/script:|data:/i);
    expect(html.match(/<\/template>/g)).toHaveLength(1);
    expect(html).not.toContain('<!--');
    expect(attributeNames(html)).not.toContain('onload');
  });
});

describe('on AMP pages', () => {
  test.each([
    [
      'prompt',
      renderPrompt(promptFacts({ amp: true, cards: withCards, plans: [{ name: 'Digital' }] }), english),
    ],
    ['notice', renderNotice(noticeFacts(2, { amp: true }), english)],
    ['cards', renderMoreFrom({ ...withCards, amp: true }, english)],
  ])('the %s is plain HTML without style, script, template or event', (_, html) => {
    expect(html).not.toMatch(/<(style|script|template|slot|gatefold-|form|input|link)/);
    for (const name of attributeNames(html)) {
      expect(['class', 'lang', 'dir', 'href', 'id', 'role', 'aria-label', 'aria-labelledby']).toContain(name);
    }
  });

  test('the prompt still holds the line and the links', () => {
    const html = renderPrompt(promptFacts({ amp: true }), english);
    expect(html).toContain(line);
    expect(html).toContain('href="/-/subscribe?return=%2Fa"');
  });
});

describe('the styles of one tree', () => {
  const trees: Readonly<Record<string, string>> = {
    prompt: renderPrompt(promptFacts({ cards: withCards, plans: [{ name: 'Digital' }] }), english),
    notice: renderNotice(noticeFacts(2), english),
    more: renderMoreFrom({ ...withCards, amp: false }, english),
  };
  const classesOf = (css: string): readonly string[] => [
    ...new Set([...css.matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/g)].map(([, name = '']) => name)),
  ];

  test.each(Object.entries(trees))(
    '%s: no two name the same class, and every name says what it names',
    (_, html) => {
      const sheets = [...html.matchAll(/<style>([^<]*)<\/style>/g)].map(([, css = '']) => classesOf(css));
      const named = sheets.flat();
      expect(named.length).toBeGreaterThan(0);
      expect(new Set(named).size).toBe(named.length);
      expect(named.filter((name) => name.length < 3)).toEqual([]);
      const worn = [...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' '));
      expect(worn.filter((name) => !named.includes(name))).toEqual([]);
    },
  );
});

describe('style hashes', () => {
  test('the prompt’s hash is that of the style it carries', () => {
    expect(hashesOf(renderPrompt(promptFacts(), english))).toEqual([promptStyleHash]);
  });

  test('every style that can stand in a site’s page is allowed by the list, and the list holds no more', () => {
    const all = [
      renderPrompt(promptFacts({ cards: withCards }), english),
      renderNotice(noticeFacts(2), messagesIn('ar')),
      renderMoreFrom({ ...withCards, amp: false }, english),
    ].flatMap(hashesOf);
    expect(new Set(all)).toEqual(new Set(isolatedStyleHashes.split(' ')));
  });
});

describe('the notice', () => {
  test.each([
    [noticeFacts(2), '2 of 3 free articles left until 1 December'],
    [noticeFacts(1), '1 of 3 free articles left until 1 December'],
    [noticeFacts(0), 'This is your last free article until 1 December'],
    [
      noticeFacts(0, { reread: true }),
      'No free articles left until 1 December, but this one stays open to you',
    ],
    [
      noticeFacts(2, { audience: 'registered' }),
      'Your account has 2 of 3 free articles left until 1 December',
    ],
    [noticeFacts(-1), 'This is your last free article until 1 December'],
  ])('case %#: the words are in the page itself', (facts, words) => {
    expect(renderNotice(facts, english)).toContain(`<span slot="words">${words}</span>`);
    expect(renderNotice({ ...facts, amp: true }, english)).toContain(words);
  });
});

describe('cards', () => {
  test('publication, minutes and section come in this order, and the excerpt as it was given', () => {
    const text = renderMoreFrom({ ...withCards, amp: true }, english).replace(/<[^>]*>/g, '');
    expect(text).toContain('Harbour Quarterly · 6 min read · World');
    expect(text).toContain('Harbour Quarterly · 1 min read');
    expect(text).toContain(`The pilots of the outer bank${'x'.repeat(250)}`);
    expect(text).toContain('More from Harbour Quarterly');
    expect(text).toContain('Related');
  });

  test('a card without a section or publication leaves no stray mark', () => {
    const { section: _, ...bare } = card({ publication: '' });
    expect(renderMoreFrom({ related: [bare], amp: true }, english)).toContain(
      '<p class="gatefold-card-facts"><bdi lang="en">6 min read</bdi></p>',
    );
  });

  test('each card has its own language and direction', () => {
    const html = renderMoreFrom({ ...withCards, amp: false }, english);
    expect(html).toContain('<article class="gatefold-card" lang="ar" dir="rtl">');
    expect(html).toContain('<article class="gatefold-card" lang="zh" dir="ltr">');
  });

  test('an excerpt is seen to go on, with our style and without', () => {
    const plain = renderMoreFrom({ related: [card({ excerpt: 'Long ago' })], amp: true }, english);
    expect(plain).toContain('>Long ago…</p>');
    const prompt = renderPrompt(promptFacts({ cards: withCards, amp: true }), english);
    expect(prompt.match(/…<\/p>/g)?.length).toBe(prompt.match(/gatefold-card-excerpt/g)?.length);
    const styled = renderMoreFrom({ related: [card({ excerpt: 'Long ago' })], amp: false }, english);
    expect(styled).toContain('>Long ago</p>');
    expect(styled).toMatch(/\.gatefold-card-excerpt::after\{content: "…"\}/);
  });

  test('no cards, no element', () => {
    expect(
      renderMoreFrom({ moreFrom: { publication: 'X', cards: [] }, related: [], amp: false }, english),
    ).toBe('');
  });
});

describe('a withheld page', () => {
  test('shows the title as its heading, and the prompt', () => {
    const facts = { title: hostile, language: 'ar', prompt: promptFacts({ reason: 'uncuttable' }) };
    const html = renderWithheldBody(facts, english);
    expect(html).toMatch(/^<h1 lang="ar" dir="rtl">&lt;\/title>/);
    expect(html).toContain(line);
    expect(html).not.toContain('<script');
    expect(renderWithheldBody({ ...facts, title: '' }, english)).not.toContain('<h1');
  });
});

/** Names of all attributes, as a browser's parser sees them. */
function attributeNames(html: string): string[] {
  const names: string[] = [];
  const visit = (node: object): void => {
    if ('attrs' in node) names.push(...(node.attrs as { name: string }[]).map(({ name }) => name));
    if ('content' in node) visit(node.content as object);
    if ('childNodes' in node) for (const child of node.childNodes as object[]) visit(child);
  };
  visit(parse(html));
  return names;
}
