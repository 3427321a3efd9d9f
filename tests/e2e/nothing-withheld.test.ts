/** Whatever a visitor out of free reads asks for, in whatever form, nothing withheld comes back; a subscriber finds it all. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Canary, canariesOf, createSearch, type SourceArticle } from '../support/canaries.ts';
import { type ForeignSite, makeForeignSite } from '../support/foreign-site/foreign-site.ts';
import { type GatefoldProcess, startGatefold } from '../support/gatefold-process.ts';
import { type Scan, scan } from '../support/leak-scanner.ts';
import { createClient } from '../support/raw-request.ts';
import { sampleArticles } from '../support/sample-sources.ts';
import { freePort } from '../support/server-process.ts';
import { type StaticNginx, startStaticNginx } from '../support/static-nginx.ts';

type Reader = Readonly<Record<string, string>>;

/** Canaries that came back, with the requests to look at; `read`: articles that this reader may have. */
const gaveAway = ({ leaks }: Scan, read: readonly string[] = []): readonly string[] =>
  [...leaks]
    .filter(([{ article }]) => !read.includes(article))
    .map(([{ article, text }, places]) => `${article} “${text}” in ${places.join(' | ')}`)
    .slice(0, 20);

/** Canaries that the reader should have been given and wasn't; `read`: only of these articles. */
const missing = (canaries: readonly Canary[], { leaks }: Scan, read?: readonly string[]): readonly string[] =>
  canaries
    .filter((canary) => !leaks.has(canary) && (read?.includes(canary.article) ?? true))
    .map(({ article, text }) => `${article}: ${text}`);

/** A visitor who has read these in full. */
const visitorWhoRead = async (site: string, articles: readonly string[]): Promise<string> => {
  const client = createClient(site);
  let cookie = '';
  for (const path of articles) {
    const { headers } = await client.ask({ path, headers: { Cookie: cookie } });
    expect(`${path} ${headers['gatefold-access']}`).toMatch(/ full; reason=free-read/);
    cookie = headers['set-cookie']?.map((line) => line.split(';', 1)[0]).join('; ') ?? cookie;
  }
  client.close();
  return cookie;
};

const subscriber = async (gatefold: GatefoldProcess): Promise<Reader> => {
  await gatefold.command('grant', 'ada@example.org', 'all-access', '--until', '2099-01-01');
  return { Authorization: `Bearer ${await gatefold.command('token', 'issue', 'ada@example.org')}` };
};

describe('the scanner itself', () => {
  const secret =
    'The harbour master’s "second" ledger lay open at a page <nobody> had & signed that year, or any other.';
  const articles: readonly SourceArticle[] = [{ path: '/a', title: 'A', blocks: [secret], givenAway: 0 }];
  const canaries = canariesOf([{ ...articles[0], blocks: ['x'.repeat(200), secret] } as SourceArticle]);
  const finds = (text: string): number => createSearch(canaries).anywhereIn(text).length;
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  test.each([
    ['plain', `before ${secret} after`],
    ['in HTML', `<p>${html.replace('second', '<em>sec</em>ond').replace(/ /g, '\n  ')}</p>`],
    ['in HTML by numbers', `<p>${[...secret].map((letter) => `&#${letter.codePointAt(0)};`).join('')}`],
    ['in JSON', JSON.stringify({ body: html })],
    ['in JSON in a script in JSON', JSON.stringify(JSON.stringify({ body: html }))],
    [
      'as \\u escapes',
      secret.replace(/[^a-z ]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    [
      'in an attribute',
      `<i data-x="${JSON.stringify(secret).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`,
    ],
    ['in an address', `/x?text=${encodeURIComponent(secret)}`],
    ['in a form', `text=${new URLSearchParams({ secret })}`],
    ['in base64', base64(secret)],
    ['in base64, one byte on', base64(`x${secret}`)],
    ['in base64, two bytes on', `data:text/html;base64,${base64(`xx${secret}`)}`],
    ['in base64 for addresses', Buffer.from(html).toString('base64url')],
    ['with soft hyphens', secret.replaceAll('e', 'e\u00ad')],
  ])('finds what is withheld %s', (_how, text) => {
    expect(finds(text)).toBeGreaterThan(0);
  });

  test('finds nothing where nothing is', () => {
    expect(finds('The harbour master went home. '.repeat(40))).toBe(0);
  });

  test('doesn’t count what a preview or an open article says as well', () => {
    const open = { path: '/b', title: 'B', blocks: [secret], givenAway: Number.POSITIVE_INFINITY };
    expect(canariesOf([...articles, open])).toEqual([]);
  });
});

describe('the sample site', () => {
  const sources = sampleArticles();
  const canaries = canariesOf(
    sources,
    sources.map(({ summary }) => summary),
  );
  const articles = sources.map(({ path }) => path);
  const read = sources
    .filter(({ access }) => access === 'metered')
    .map(({ path }) => path)
    .slice(0, 3);
  let gatefold: GatefoldProcess;

  beforeAll(async () => {
    gatefold = await startGatefold({ settings: { LOG_LEVEL: 'warn' } });
  });
  afterAll(() => gatefold?.stop());

  const scanAs = (reader: Reader, forms: 'all' | 'few'): Promise<Scan> =>
    scan({ site: gatefold.url, reader, canaries, articles, forms, maxAddresses: 200 });

  test('has enough in it to look for', () => {
    expect(sources.length).toBeGreaterThanOrEqual(14);
    for (const { path, access } of sources.filter((source) => source.access !== 'open')) {
      expect([path, access, canaries.filter(({ article }) => article === path).length > 8]).toEqual([
        path,
        access,
        true,
      ]);
    }
  });

  test('gives a visitor out of free reads nothing that is withheld, in any form', async () => {
    const result = await scanAs({ Cookie: await visitorWhoRead(gatefold.url, read) }, 'all');
    expect(gaveAway(result, read)).toEqual([]);
    expect(result.failures).toEqual([]);
    // The three that were read are still there in full, so the scan did look as this visitor.
    expect(missing(canaries, result, read)).toEqual([]);
  });

  test('gives a browser that only prefetches nothing that is withheld', async () => {
    const result = await scanAs({ 'Sec-Purpose': 'prefetch' }, 'few');
    expect(gaveAway(result)).toEqual([]);
    expect(result.failures).toEqual([]);
  });

  test('gives a subscriber all of it', async () => {
    const result = await scanAs(await subscriber(gatefold), 'few');
    expect(missing(canaries, result)).toEqual([]);
    expect(result.failures).toEqual([]);
  });

  test('prints nothing that is withheld', () => {
    expect(createSearch(canaries).anywhereIn(gatefold.printed())).toEqual([]);
  });
});

describe('a site that isn’t ours, served by nginx', () => {
  let site: ForeignSite;
  let nginx: StaticNginx;
  let gatefold: GatefoldProcess;
  let canaries: readonly Canary[];
  let articles: readonly string[];
  let directory: string;
  let outOfReads: string;
  const read = ['/2026/05/salt-roads/', '/posts/a-ledger/', '/stories/two-radios'];

  beforeAll(async () => {
    const port = await freePort();
    site = makeForeignSite(`http://127.0.0.1:${port}`);
    nginx = await startStaticNginx(site.files, await freePort());
    directory = mkdtempSync(join(tmpdir(), 'gatefold-policy-'));
    writeFileSync(join(directory, 'policy.yaml'), site.policy);
    gatefold = await startGatefold({
      port,
      settings: { ORIGIN_URL: nginx.url, POLICY_FILE: join(directory, 'policy.yaml'), LOG_LEVEL: 'error' },
    });
    canaries = canariesOf(
      site.articles,
      site.articles.map(({ summary }) => summary),
    );
    articles = site.articles.map(({ path }) => path);
    outOfReads = await visitorWhoRead(gatefold.url, read);
  });
  afterAll(async () => {
    await Promise.all([gatefold?.stop(), nginx?.stop()]);
    rmSync(directory, { recursive: true, force: true });
  });

  const scanAs = (reader: Reader, forms: 'all' | 'few'): Promise<Scan> =>
    scan({
      site: gatefold.url,
      reader,
      canaries,
      articles,
      forms,
      alsoStartAt: everyFile(),
    });
  const everyFile = (): readonly string[] => [...site.files.keys()].map((file) => `/${file}`);

  test('gives everything away where no gate stands before it', async () => {
    const bare = await scan({
      site: nginx.url,
      reader: {},
      canaries,
      articles: [],
      alsoStartAt: everyFile(),
    });
    expect(missing(canaries, bare)).toEqual([]);
  });

  test('gives a visitor out of free reads nothing that is withheld, in any form', async () => {
    const result = await scanAs({ Cookie: outOfReads }, 'all');
    expect(gaveAway(result, read)).toEqual([]);
    expect(result.failures).toEqual([]);
    expect(missing(canaries, result, read)).toEqual([]);
  });

  test('gives those who throw their cookies away nothing more once their network has had its share', async () => {
    const client = createClient(gatefold.url);
    for (let count = 0; count < 25; count += 1) await client.ask({ path: '/posts/weather-by-hand/' });
    client.close();
    const result = await scanAs({}, 'few');
    expect(gaveAway(result)).toEqual([]);
    expect(result.failures).toEqual([]);
  });

  test('gives a subscriber all of it', async () => {
    const result = await scanAs(await subscriber(gatefold), 'few');
    expect(missing(canaries, result)).toEqual([]);
    expect(result.failures).toEqual([]);
  });

  test('gives nothing that is withheld once its origin is gone', async () => {
    await nginx.stop();
    const result = await scanAs({ Cookie: outOfReads }, 'few');
    expect(gaveAway(result, read)).toEqual([]);
  });

  test('prints nothing that is withheld', () => {
    expect(createSearch(canaries).anywhereIn(gatefold.printed())).toEqual([]);
  });
});

describe('a foreign site whose policy names no form of its articles', () => {
  test('gives a visitor without free reads nothing, in any form that content systems have by themselves', async () => {
    const port = await freePort();
    const site = makeForeignSite(`http://127.0.0.1:${port}`);
    const nginx = await startStaticNginx(site.files, await freePort());
    const directory = mkdtempSync(join(tmpdir(), 'gatefold-policy-'));
    const policyFile = join(directory, 'policy.yaml');
    writeFileSync(
      policyFile,
      `site: { name: Bare }
products: [{ id: all, name: Everything }]
meters: { main: { window: month, visitor: 0, registered: 0 } }
otherwise: { access: metered }
cutoff: { characters: 0 }
`,
    );
    const gatefold = await startGatefold({
      port,
      settings: { ORIGIN_URL: nginx.url, POLICY_FILE: policyFile, LOG_LEVEL: 'error' },
    });
    try {
      const canaries = canariesOf(
        site.articles,
        site.articles.map(({ summary }) => summary),
      );
      const result = await scan({
        site: gatefold.url,
        reader: {},
        canaries,
        articles: site.articles.map(({ path }) => path),
        forms: 'few',
        alsoStartAt: [...site.files.keys()].map((file) => `/${file}`),
      });
      expect(gaveAway(result)).toEqual([]);
    } finally {
      await Promise.all([gatefold.stop(), nginx.stop()]);
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
