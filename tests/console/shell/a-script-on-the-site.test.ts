/** A script in the site's own pages, in a real Chromium where an operator is signed in: what it can do to the console. */
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type ArticleOrigin, sendHtml, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { launchBrowser } from '../../support/watched-browser.ts';
import { type Tried, tryEverything } from './hostile-script.ts';

type Layout = Exclude<GatewayOptions['console'], undefined> | 'own-port';

interface Stage {
  readonly site: RunningGateway;
  /** As browsers name it. */
  readonly siteUrl: string;
  readonly origin: ArticleOrigin;
  readonly owner: OperatorBrowser;
  readonly context: BrowserContext;
  /** A page of the site's, where the script runs. */
  readonly page: Page;
  /** Status and address of every answer of the console's to a page of the site's. */
  readonly answers: readonly { readonly status: number; readonly what: string }[];
}

let browser: Browser | undefined;
let stage: Stage | undefined;
afterEach(async () => {
  await browser?.close();
  await stage?.site.stop();
  await stage?.origin.stop();
});
afterAll(() => browser?.close());

const setUp = async (layout: Layout): Promise<Stage> => {
  const origin = await startArticleOrigin();
  origin.on('/', sendHtml('<!doctype html><title>The site</title><body><h1>News</h1></body>'));
  origin.on('/bounce', (req, res) => {
    const to = new URL(req.url ?? '', 'http://site.example').searchParams.get('to') ?? '/';
    res.writeHead(307, { Location: to, 'Access-Control-Allow-Origin': '*' }).end();
  });
  const site = await startGateway({
    originUrl: origin.url,
    ...(layout === 'own-port' ? {} : { console: layout }),
  });
  const { port } = new URL(site.url);
  const siteUrl = typeof layout === 'object' ? `http://${layout.siteHost}:${port}` : site.url;
  // Over plain http a browser says who asks only where it takes the names for this machine's own.
  browser = await launchBrowser([
    '--host-resolver-rules=MAP *.example 127.0.0.1, MAP localhost 127.0.0.1',
    `--unsafely-treat-insecure-origin-as-secure=${siteUrl},${site.consoleUrl}`,
  ]);
  const context = await browser.newContext();
  const owner = await operatorAt(site, 'owner');
  await context.addCookies([
    {
      ...{ name: 'gf_operator', value: owner.secret, url: site.consoleUrl },
      ...{ httpOnly: true, sameSite: 'Strict' as const },
    },
  ]);
  const answers: { status: number; what: string }[] = [];
  context.on('response', (response) => {
    const request = response.request();
    if (response.url().startsWith(`${site.consoleUrl}/`))
      answers.push({
        status: response.status(),
        what: `${request.method()} ${request.resourceType()} ${response.url()}`,
      });
  });
  const page = await context.newPage();
  await page.goto(siteUrl);
  stage = { site, siteUrl, origin, owner, context, page, answers };
  return stage;
};

/** All that the console holds and a script could have changed. */
const standing = async ({ site, owner }: Stage) => {
  const { operators, versions, audit } = site.gateway.stores;
  return {
    operators: (await operators.operators()).map(({ email, role }) => [email, role]),
    tokens: await operators.apiTokens(),
    devices: (await operators.devicesOfOperator(owner.email)).map(({ id }) => id),
    draft: await versions.desk(),
    deeds: (await audit.auditPage({ limit: 50 })).lines.length,
  };
};

const run = ({ page, site }: Stage): Promise<readonly Tried[]> =>
  page.evaluate(tryEverything, { consoleUrl: site.consoleUrl, bounce: '/bounce' });

const tellsOf = (tried: readonly Tried[], what: string): readonly Tried[] =>
  tried.filter(({ got }) => got.includes(what));

describe.each([
  ['at another port', 'own-port', true],
  ['at another host name', { siteHost: '127.0.0.1', consoleHost: 'localhost' }, false],
  ['at a name below the site’s', { siteHost: 'news.example', consoleHost: 'console.news.example' }, true],
] as const)('with the console %s', (_, layout, planted) => {
  test('a script on the site reads nothing of it, changes nothing in it, and the operator works on', async () => {
    const here = await setUp(layout);
    const { site, siteUrl, owner, context, origin, answers } = here;
    const before = await standing(here);
    const operatorsPage = await context.newPage();
    await operatorsPage.goto(`${site.consoleUrl}/-/console`);
    await operatorsPage.getByRole('heading', { name: 'Overview' }).waitFor();
    const asked = answers.length;

    const tried = await run(here);
    expect(tried.length).toBeGreaterThan(150);
    for (const private_ of [owner.email, owner.secret, '"operators"', 'Overview', 'Console of'])
      expect(tellsOf(tried, private_)).toEqual([]);
    const atSite = tried.filter(({ what }) => what.startsWith('at the site'));
    expect(atSite.map(({ what, got }) => [what, got.slice(0, 10)])).toEqual(
      atSite.map(({ what }) => [what, 'basic 404 ']),
    );
    const opened = tried.filter(({ what }) => what.startsWith('a window of'));
    expect(opened.map(({ got }) => got.slice(0, 12))).toEqual(opened.map(() => 'closed true;'));
    expect(await standing(here)).toEqual(before);

    // Windows and top-level visits lead there; nothing else gets more than a refusal.
    const allowed = answers.slice(asked).filter(({ status }) => status < 400);
    expect(allowed.filter(({ what }) => !what.startsWith('GET document'))).toEqual([]);

    // Planted beside the operator's own, where the two share a host name or a name above both.
    const cookies = await context.cookies(`${site.consoleUrl}/-/console/team`);
    if (planted) expect(cookies.filter(({ name }) => name === 'gf_operator').length).toBeGreaterThan(2);
    await operatorsPage.reload();
    await operatorsPage.getByRole('heading', { name: 'Overview' }).waitFor();
    await operatorsPage.goto(`${site.consoleUrl}/-/console/team`);
    await operatorsPage.getByLabel('Email').first().fill('new@example.com');
    await operatorsPage.getByRole('button', { name: /^Invite/ }).click();
    await operatorsPage.getByRole('status').waitFor();
    expect((await standing(here)).operators.map(([email]) => email)).toContain('new@example.com');

    for (const { headers } of origin.seen) expect(headers.cookie ?? '').not.toContain(owner.secret);
    expect(here.page.url()).toBe(`${siteUrl}/`);
  });
});

test('with one origin for both the same script has it all, which is why the start warns', async () => {
  const here = await setUp('shared');
  const tried = await run(here);
  expect(tellsOf(tried, here.owner.email).length).toBeGreaterThan(5);
  expect((await standing(here)).tokens.length).toBeGreaterThan(0);
});
