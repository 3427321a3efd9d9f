/** Comparing pictures of pages: what a reader would miss makes another picture, what only a machine would see doesn't. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { renderPrompt } from '../../src/pages/prompt.tsx';
import { opened } from '../pages/browser.ts';
import { card, english, promptFacts } from '../pages/example-facts.ts';
import { looks } from '../support/seen-by-readers.ts';
import type { Comparison } from './compare-pictures.ts';
import { canDrawAlike, type Drawing, drawPage, openDrawing } from './draw-pages.ts';
import { openPictures, type Pictures } from './picture-tasks.ts';

const patienceMs = 180_000;
const excerpt = 'Long before the first light the pilots walk down to the quay. '.repeat(4).trim();
const cards = {
  moreFrom: { publication: 'Harbour Quarterly', cards: [card({ excerpt }), card({ excerpt })] },
  related: [card({ excerpt })],
};
const plans = [{ name: 'Digital', priceText: '€9 a month', description: 'Every article' }];
const style = ':root{color-scheme:light dark}body{margin:0}main{max-width:42rem;margin:0 auto;padding:1rem}';
const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A</title><style>${style}</style>
  <main><h1>The pilots</h1>${renderPrompt(promptFacts({ cards, plans }), english)}</main><footer>The end.</footer></html>`;

(canDrawAlike ? describe : describe.skip)('a page that was drawn again', () => {
  let drawing: Drawing;
  let pictures: Pictures;
  let page: Page;
  let reference: Uint8Array;
  beforeAll(async () => {
    drawing = await openDrawing();
    pictures = openPictures();
    page = await opened(drawing.browser, html);
    reference = await pictures.small(await drawPage(page, looks.narrowLight));
  }, patienceMs);
  afterAll(async () => {
    await drawing?.close();
    await pictures?.stop();
  });

  /** With these rules in the prompt's own tree. */
  const drawnWith = async (rules: string): Promise<Comparison> => {
    await page.evaluate((text) => {
      const tree = document.querySelector('gatefold-prompt')?.shadowRoot;
      tree?.querySelector('style[data-test]')?.remove();
      const style = document.createElement('style');
      style.dataset.test = '';
      style.textContent = text;
      tree?.append(style);
    }, rules);
    return pictures.compare(reference, await drawPage(page, looks.narrowLight));
  };

  test.each([
    ['with nothing changed', ''],
    ['with all moved by a pixel', '.frame { transform: translate(1px, 1px) }'],
    ['with all moved by less', '.frame { margin-block-start: .6px }'],
    ['with a part moved by three', '.ways { padding-block-start: 3px }'],
    ['with letters set by another measure', '.frame { text-rendering: geometricPrecision }'],
    ['with letters set in haste', '.frame { text-rendering: optimizeSpeed }'],
    ['with words a shade lighter', '.why { opacity: .95 }'],
  ])('is the same %s', async (_, rules) => {
    expect(await drawnWith(rules)).toEqual({ kind: 'same' });
  });

  test.each([
    ['without its cards', '.gatefold-card-set { display: none }'],
    ['with cards that can’t be seen', '.gatefold-card-set { opacity: 0 }'],
    ['without why it ends here', '.why { opacity: 0 }'],
    ['without the smallest words', '.reference { opacity: 0 }'],
    ['without prices', '.sheet bdi { visibility: hidden }'],
    ['without the facts of cards', '.gatefold-card-facts { visibility: hidden }'],
    ['without the line above it', '.sheet { border-color: transparent }'],
    ['with a button without a ground', '::slotted(a[slot=subscribe]) { background: none !important }'],
    ['with a round button', '::slotted(a[slot=subscribe]) { border-radius: 2em !important }'],
    ['with words in another weight', '.sheet b { font-weight: 400 }'],
    ['with words in another colour', '.why { color: darkred }'],
    ['with a hole in it', '.ways { margin-block-start: 4em }'],
  ])('is another %s', async (_, rules) => {
    expect(await drawnWith(rules)).toMatchObject({
      kind: 'different',
      how: expect.stringMatching(/differs from \d+ px on, in \d+ fields$/),
    });
  });

  test('is another where it is much higher, or wider', async () => {
    const other = await opened(drawing.browser, html.replace('body{margin:0}', 'body{margin:0 0 99px}'));
    const higher = await pictures.compare(reference, await drawPage(other, looks.narrowLight));
    expect(higher).toMatchObject({ how: expect.stringMatching(/px high instead of \d+/) });
    const wider = await pictures.compare(
      reference,
      await drawPage(other, { width: 420, colorScheme: 'light' }),
    );
    expect(wider).toMatchObject({ how: expect.stringMatching(/^is 420 px wide instead of 390/) });
    await other.close();
  });
});
