/** A gateway before one of the two sites, and browsers in which each kind of view can be had. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startRedis } from './redis-server.ts';
import { comp, dayMs, noon, type RunningGateway, startGateway } from './start-gateway.ts';
import { until } from './until.ts';
import { type Entitled, needsNoStore, type ViewKind, viewKinds } from './view-kinds.ts';
import { pathOf, type SiteLanguage, siteLanguages, type ViewSite, viewPolicy } from './view-sites.ts';

export interface ViewScene {
  readonly url: string;
  /** A page of a browser whose reader is as the view needs, and has done what comes before it. */
  pageFor(kind: ViewKind, language: SiteLanguage): Promise<Page>;
  stop(): Promise<void>;
}

export const openViewScene = async (browser: Browser, site: ViewSite): Promise<ViewScene> => {
  const redis = await startRedis();
  const gateway = await startGateway({ ...site.source, redisUrl: redis.url, policy: viewPolicy });
  await until(() => answers(gateway), 'the store');
  await readAhead(gateway);
  const pages = new Map<string, Promise<Page>>();
  /** One for all visitors, one for all with an account alone, and one for each entitled reader. */
  const pageOf = ({ name, reader }: ViewKind): Promise<Page> => {
    const key = typeof reader === 'string' ? reader : name;
    const known = pages.get(key) ?? newContext(browser, gateway, key, reader).then((it) => it.newPage());
    pages.set(key, known);
    return known;
  };
  // While there is a store to know them by.
  for (const kind of Object.values(viewKinds).flat()) if (needsNoStore(kind)) await pageOf(kind);

  const goThere = async (page: Page, path: string) => void (await page.goto(gateway.url + path));
  const happenBefore = (kind: ViewKind, language: SiteLanguage, page: Page): Promise<unknown> | undefined => {
    switch (kind.before) {
      case 'reads it':
        return goThere(page, pathOf(kind, language));
      case 'reads another':
        return goThere(page, pathOf(kind, language, 'before'));
      case 'somebody else reads another':
        return gateway.reader().ask(pathOf(kind, language, 'before'));
      case 'the store goes away':
        return redis.kill();
      case undefined:
        return undefined;
      default:
        return kind.before satisfies never;
    }
  };

  return {
    url: gateway.url,
    pageFor: async (kind, language) => {
      const page = await pageOf(kind);
      await page.setExtraHTTPHeaders({});
      await happenBefore(kind, language, page);
      await page.setExtraHTTPHeaders({ ...kind.headers });
      return page;
    },
    stop: async () => {
      for (const page of pages.values()) await (await page).context().close();
      await gateway.stop();
      await redis.stop();
      await site.stop();
    },
  };
};

const answers = ({ gateway }: RunningGateway): Promise<boolean> =>
  gateway.stores.ping().then(
    () => true,
    () => false,
  );

/** So that cards stand on the first page too. */
const readAhead = async (gateway: RunningGateway): Promise<void> => {
  for (const language of siteLanguages)
    for (const [kind] of Object.values(viewKinds))
      if (kind) await gateway.ask(pathOf(kind, language), { method: 'HEAD' });
};

const newContext = async (
  browser: Browser,
  gateway: RunningGateway,
  name: string,
  reader: ViewKind['reader'],
): Promise<BrowserContext> => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  // Nothing is asked of another machine; what draws an AMP page there shows it here.
  await context.route(/^https:\/\/cdn\.ampproject\.org\//, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'document.body.style.animation = "none"' }),
  );
  if (reader === 'visitor') return context;
  const entitlements = reader === 'registered' ? [] : [entitlementOf(reader)];
  const { token } = await gateway.account(`${name}@example.org`, entitlements);
  await context.addCookies([{ name: 'gf_reader', value: token, url: gateway.url }]);
  return context;
};

const entitlementOf = (entitled: Entitled) => ({
  ...comp('all', noon - dayMs, noon + 9 * dayMs),
  ...entitled,
});
