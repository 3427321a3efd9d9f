/** A real browser for the tests of the pages, and the pages that it opens. */
import type { Browser, Page } from 'playwright-core';
import { renderNotice } from '../../src/pages/notice.tsx';
import { renderPrompt } from '../../src/pages/prompt.tsx';
import { card, messagesIn, noticeFacts, promptFacts } from './example-facts.ts';

export const cards = {
  moreFrom: { publication: 'Harbour Quarterly', cards: [card(), card({ href: '/b' }), card({ href: '/c' })] },
  related: [card({ language: 'ar', title: 'مقال', href: '/d' })],
};
const plans = [{ name: 'Digital', priceText: '€9 a month', description: 'Every article' }];
export const ownStyle = ':root{color-scheme:light dark}body{margin:2rem;background:Canvas;color:CanvasText}';

export const article = (locale: string, css: string, inserted = true): string => {
  const messages = messagesIn(locale);
  const notice = inserted ? renderNotice(noticeFacts(2), messages) : '';
  const prompt = inserted ? renderPrompt(promptFacts({ cards, plans }), messages) : '';
  return `<!doctype html><html lang="${locale}" dir="${messages.direction}"><title>A</title><style>${css}</style>
    <main><h1>Title</h1><div class="body">${notice}<p id="own">Own words.</p>${prompt}</div>
    <section><h2 id="h">Own heading</h2><ul><li>Own item</li></ul><a id="link" href="/x">Own link</a></section></main>`;
};

/** A page of its own, where every address answers with the same document. */
export const opened = async (
  browser: Browser,
  html: string,
  options: { dark?: boolean; width?: number; csp?: string } = {},
): Promise<Page> => {
  const page = await browser.newPage({
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1280, height: 900 },
  });
  await page.route('**/*', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: html,
      headers: options.csp ? { 'content-security-policy': options.csp } : {},
    }),
  );
  await page.goto('http://site.example/');
  return page;
};
