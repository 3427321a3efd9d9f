/** An article that depends on what a reader's browser says is shown as it is for that browser, at the first try and from the shelf. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type ArticleOrigin,
  articlePage,
  openingText,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, policy: testPolicy });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const openTag = '<meta property="article:content_tier" content="free">';

const languageOf = (header: string | undefined): string =>
  ['de', 'fr'].find((language) => header?.toLowerCase().startsWith(language)) ?? 'en';

interface Varying {
  readonly headers?: Readonly<Record<string, string>>;
  readonly tag?: string;
}

/** Says of each page which headers it was made for. */
const serve = (path: string, vary: string, { headers = {}, tag = openTag }: Varying = {}): void =>
  origin.on(path, (req, res) => {
    const device = /Mobi/.test(req.headers['user-agent'] ?? '') ? 'phone' : 'desk';
    const hint = String(req.headers['sec-ch-ua-mobile'] ?? 'none');
    const words = `[${device} ${languageOf(req.headers['accept-language'])} ${hint}]`;
    res.writeHead(200, { 'Content-Type': 'text/html', ...(vary ? { Vary: vary } : {}), ...headers });
    res.end(articlePage(path.slice(1).replaceAll('/', '-'), { head: tag, body: `<p>${words}</p>` }));
  });

const shownTo = async (path: string, headers: Readonly<Record<string, string>>): Promise<string> =>
  /\[(.*?)\]/.exec((await site.ask(path, { headers })).text)?.[1] ?? 'nothing';

const desk =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36';
const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148';
const android =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36';

test.each(['/tidewater/vary', '/meta/vary'])(
  '%s is in the reader’s language, for their device',
  async (path) => {
    serve(path, 'User-Agent, Accept-Language');
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await shownTo(path, { 'User-Agent': desk, 'Accept-Language': 'en' })).toBe('desk en none');
      expect(await shownTo(path, { 'User-Agent': iPhone, 'Accept-Language': 'de-DE,de;q=0.9' })).toBe(
        'phone de none',
      );
      expect(await shownTo(path, { 'User-Agent': android, 'Accept-Language': 'fr' })).toBe('phone fr none');
      expect(await shownTo(path, {})).toBe('desk en none');
    }
  },
);

test('readers whose browsers say the same in other words share one copy', async () => {
  const path = '/tidewater/shared-copy';
  serve(path, 'Accept-Language, User-Agent');
  for (const [version, languages] of [
    ['130.0.0.0', 'de-DE,de;q=0.9,en;q=0.8'],
    ['131.0.0.0', 'de-de, de;q=0.8, en;q=0.1'],
    ['139.1.2.3', 'DE-de,de,en'],
  ] as const) {
    const headers = { 'User-Agent': desk.replace('139.0.0.0', version), 'Accept-Language': languages };
    expect(await shownTo(path, headers)).toBe('desk de none');
  }
  // For nobody, which taught what it depends on, and for them.
  expect(origin.count(path)).toBe(2);
});

test('what is named by nobody is asked with nobody’s headers, and shared', async () => {
  const path = '/tidewater/same-for-all';
  serve(path, 'Accept-Encoding');
  for (const language of ['de', 'en', 'fr']) await shownTo(path, { 'Accept-Language': language });
  expect(origin.count(path)).toBe(1);
});

test('client hints are named like any other header', async () => {
  const path = '/tidewater/hints';
  serve(path, 'Sec-CH-UA-Mobile');
  expect(await shownTo(path, { 'Sec-CH-UA-Mobile': '?1' })).toBe('desk en ?1');
  expect(await shownTo(path, { 'Sec-CH-UA-Mobile': '?0' })).toBe('desk en ?0');
  expect(await shownTo(path, { 'Sec-CH-UA-Mobile': 'made up' })).toBe('desk en none');
});

test('an answer that depends on everything is kept for nobody', async () => {
  const path = '/tidewater/everything';
  serve(path, '*');
  expect(await shownTo(path, { 'User-Agent': iPhone, 'Accept-Language': 'de' })).toBe('phone de none');
  expect(await shownTo(path, { 'User-Agent': desk, 'Accept-Language': 'fr' })).toBe('desk fr none');
});

test('a redirect by language is the reader’s own', async () => {
  const path = '/tidewater/by-language';
  origin.on(path, (req, res) => {
    const to = `/tidewater/${languageOf(req.headers['accept-language'])}`;
    res.writeHead(302, { Location: to, Vary: 'Accept-Language' }).end();
  });
  for (const language of ['de', 'en', 'fr', 'de']) {
    const answer = await site.ask(path, { headers: { 'Accept-Language': language } });
    expect(answer.headers.location).toMatch(new RegExp(`/tidewater/${language}$`));
  }
});

test('what a client keeps from the origin can’t spoil the copy of those who don’t', async () => {
  const path = '/tidewater/not-forwarded';
  serve(path, 'Accept-Language');
  const hidden = { Connection: 'close, Accept-Language', 'Accept-Language': 'de' };
  expect(await shownTo(path, hidden)).toBe('desk en none');
  expect(await shownTo(path, { 'Accept-Language': 'de' })).toBe('desk de none');
});

test('any number of made-up languages leaves honest readers theirs, and memory bounded', async () => {
  const path = '/tidewater/flooded';
  serve(path, 'Accept-Language', { headers: { 'Cache-Control': 'max-age=3600' } });
  for (let index = 0; index < 60; index += 1)
    await shownTo(path, { 'Accept-Language': `de-x${String.fromCharCode(97 + (index % 26))}${index},en` });
  const before = origin.count(path);
  // By now all that begin with German are one.
  expect(before).toBeLessThan(25);
  expect(await shownTo(path, { 'Accept-Language': 'fr-CA,fr;q=0.5' })).toBe('desk fr none');
  expect(await shownTo(path, { 'Accept-Language': 'de-AT,de' })).toBe('desk de none');
  expect(origin.count(path)).toBeLessThan(before + 3);
});

test('the text of every copy is cut, and known where it shows up elsewhere', async () => {
  const path = '/tidewater/two-languages';
  const german = `geheimer-text: ${'Was nur Abonnenten über den Hafen, die Schiffe und ihre lange Heimkehr lesen dürfen, steht hier. '.repeat(4)}`;
  origin.on(path, (req, res) => {
    const isGerman = languageOf(req.headers['accept-language']) === 'de';
    const body = isGerman
      ? `<p>Der Anfang ${'eines Berichts vom Wasser und den Leuten am Ufer, '.repeat(6)}</p><p>${german}</p>`
      : undefined;
    res.writeHead(200, { 'Content-Type': 'text/html', Vary: 'Accept-Language' });
    res.end(
      articlePage('two-languages', {
        head: '<meta property="article:content_tier" content="locked">',
        ...(body ? { body } : {}),
      }),
    );
  });
  origin.on('/search', (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/html' });
    res.end(
      `<!doctype html><title>Found</title><p>${german}</p><p>${openingText('two-languages')} and the ${withheldText('two-languages')}, which only those of two-languages may read who have the right of two-languages.</p>`,
    );
  });
  const asked = { headers: { 'Accept-Language': 'de' } };
  expect((await site.ask(path)).text).not.toContain(withheldText('two-languages'));
  const preview = (await site.ask(path, asked)).text;
  expect(preview).toContain('Der Anfang');
  expect(preview).not.toContain('geheimer-text');
  await new Promise((turn) => setTimeout(turn, 50));
  const found = (await site.ask('/search')).text;
  expect(found).not.toContain('die Schiffe und ihre lange Heimkehr');
  expect(found).not.toContain('who have the right of two-languages');
});

test('in whatever order readers come, each gets what the origin gives them', async () => {
  const readers = fc.record({
    agent: fc.constantFrom(desk, iPhone, android),
    language: fc.constantFrom('en', 'de', 'fr', 'de-AT,de', ''),
    mobile: fc.constantFrom('?0', '?1', ''),
  });
  const vary = fc.subarray(['User-Agent', 'Accept-Language', 'Sec-CH-UA-Mobile', 'Accept-Encoding']);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(readers, { minLength: 2, maxLength: 10 }),
      vary,
      fc.boolean(),
      async (order, names, atOnce) => {
        number += 1;
        const path = `/tidewater/order-${number}`;
        serve(path, names.join(', '));
        const expected = order.map(({ agent, language, mobile }) =>
          [
            names.includes('User-Agent') && agent !== desk ? 'phone' : 'desk',
            names.includes('Accept-Language') ? languageOf(language) : 'en',
            names.includes('Sec-CH-UA-Mobile') && mobile !== '' ? mobile : 'none',
          ].join(' '),
        );
        const asked = order.map(
          ({ agent, language, mobile }) =>
            () =>
              shownTo(path, {
                'User-Agent': agent,
                ...(language === '' ? {} : { 'Accept-Language': language }),
                ...(mobile === '' ? {} : { 'Sec-CH-UA-Mobile': mobile }),
              }),
        );
        const shown: string[] = [];
        if (atOnce) shown.push(...(await Promise.all(asked.map((ask) => ask()))));
        else for (const ask of asked) shown.push(await ask());
        expect(shown).toEqual(expected);
      },
    ),
    { numRuns: 40 },
  );
});
