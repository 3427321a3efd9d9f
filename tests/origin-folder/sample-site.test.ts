/** The sample site: every article loads, and every address answers with a sound page. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CatalogueEntry } from '../../src/origin/folder/catalogue-entry.ts';
import { ask, attributeOf, canonicalOf, elementsOf, open, parseErrors, SAMPLE, SITE_URL } from './support.ts';

const folder = open(SAMPLE);
let catalogue: readonly CatalogueEntry[] = [];
let faults: readonly unknown[] = [];

beforeAll(async () => {
  faults = (await folder.ready()).faults;
  catalogue = folder.contentCatalogue();
});
afterAll(() => folder.close());

test('the sample site has no fault, and at least fourteen articles of five thousand characters', () => {
  expect(faults).toEqual([]);
  expect(catalogue.length).toBeGreaterThanOrEqual(14);
  const short = catalogue.filter(
    ({ text, language }) => text.length < (language.startsWith('zh') ? 4000 : 5000),
  );
  expect(short.map(({ path, text }) => `${path} ${text.length}`)).toEqual([]);
});

test('one sample article is Chinese and one runs from right to left', async () => {
  const chinese = catalogue.find(({ language }) => language.startsWith('zh'));
  const arabic = catalogue.find(({ language }) => language.startsWith('ar'));
  const page = await ask(folder, arabic?.path ?? '/missing');
  expect(chinese).toBeDefined();
  expect(attributeOf(elementsOf(page.text)[0], 'dir')).toBe('rtl');
  expect(attributeOf(elementsOf(page.text)[0], 'lang')).toBe(arabic?.language);
});

test('both publications have at least three sections', () => {
  for (const publication of ['tidewater', 'lamplight']) {
    const sections = catalogue
      .filter((entry) => entry.publication === publication)
      .map(({ section }) => section);
    expect(new Set(sections).size).toBeGreaterThanOrEqual(3);
  }
});

test('every article answers in all of its forms, each whole, without a parse error, and naming one canonical address', async () => {
  for (const { path, text } of catalogue) {
    const ending = text.slice(-40).trim();
    for (const form of ['', '/amp', '?view=print']) {
      const page = await ask(folder, path + form);
      expect([path + form, page.status]).toEqual([path + form, 200]);
      expect([path + form, parseErrors(page.text)]).toEqual([path + form, []]);
      expect(canonicalOf(page.text)).toBe(SITE_URL + path);
      expect(page.header('link')).toBe(`<${SITE_URL}${path}>; rel="canonical"`);
      expect(plain(page.text)).toContain(ending);
    }
    const json = JSON.parse((await ask(folder, `${path}.json`)).text);
    expect(json.url).toBe(SITE_URL + path);
    expect(json.content_text.replace(/\s+/g, ' ')).toContain(ending);
  }
});

describe('pages that lead to articles', () => {
  const addresses = [
    '/',
    '/tidewater',
    '/lamplight',
    '/tidewater/section/world',
    '/lamplight/section/science',
    '/tag/sea',
    '/nothing/here',
  ];
  test.each(addresses)(
    '%s parses without an error and shows no more than each article’s excerpt',
    async (address) => {
      const page = await ask(folder, address);
      expect(page.status).toBe(address.startsWith('/nothing') ? 404 : 200);
      expect(parseErrors(page.text)).toEqual([]);
      const shown = plain(page.text);
      for (const { text } of catalogue) expect(shown).not.toContain(text.slice(260, 300));
    },
  );

  test('every link and image on the front page leads somewhere', async () => {
    const front = await ask(folder, '/');
    const addresses = elementsOf(front.text)
      .flatMap((element) => [attributeOf(element, 'href'), attributeOf(element, 'src')])
      // What begins with /-/ is the gate's own, in front of this origin.
      .filter((address) => address?.startsWith('/') === true && !address.startsWith('/-/'));
    for (const address of new Set(addresses)) {
      expect([address, (await ask(folder, address as string)).status]).toEqual([address, 200]);
    }
    expect(new Set(addresses).size).toBeGreaterThan(40);
  });

  test('nothing is loaded from elsewhere and nothing runs', async () => {
    for (const address of ['/', '/tidewater', catalogue[0]?.path ?? '']) {
      const page = await ask(folder, address);
      const loaded = elementsOf(page.text).flatMap((element) =>
        element.tagName === 'script' && attributeOf(element, 'type') !== 'application/ld+json'
          ? ['script']
          : (attributeOf(element, 'src') ?? []),
      );
      expect(loaded.filter((address) => !address.startsWith('/'))).toEqual([]);
    }
  });
});

test('the site map names every article once', async () => {
  const map = (await ask(folder, '/sitemap.xml')).text;
  const places = [...map.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, place]) => place);
  for (const { path } of catalogue)
    expect(places.filter((place) => place === SITE_URL + path)).toHaveLength(1);
  expect((await ask(folder, '/robots.txt')).text).toContain(`Sitemap: ${SITE_URL}/sitemap.xml`);
});

const plain = (html: string): string =>
  elementsOf(html)
    .filter(({ tagName }) => tagName === 'body')
    .map((body) => {
      const words: string[] = [];
      const walk = (node: unknown) => {
        const { value, childNodes } = node as { value?: string; childNodes?: unknown[] };
        if (value !== undefined) words.push(value);
        for (const child of childNodes ?? []) walk(child);
        if (
          childNodes &&
          !/^(em|strong|a|i|b|code|span|sup|sub|time)$/.test((node as { tagName: string }).tagName)
        )
          words.push(' ');
      };
      walk(body);
      return words.join('').replace(/\s+/g, ' ');
    })
    .join('');
