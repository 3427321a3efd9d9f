/** Whoever reads on although money is owed is told so on every article, until which day and where to pay; nobody else is. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Entitlement } from '../../src/entitlements/entitlement.ts';
import { screen } from '../../src/gate/decide.ts';
import {
  type ArticleOrigin,
  articlePage,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import type { Answer } from '../support/raw-client.ts';
import { dayMs, noon, type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';
import { factsOf, held } from './policy-facts.ts';

const bought = (more: Partial<Entitlement> = {}): Entitlement => ({
  ...held('all', 'subscription', [0, noon + 5 * dayMs]),
  ...more,
});
const due = (endsAt = noon + 5 * dayMs): Entitlement =>
  bought({ id: `cus/sub/${endsAt}` as Entitlement['id'], endsAt, paymentDue: true });

describe('which entitlement decides', () => {
  const chosen = (...list: Entitlement[]): Entitlement | undefined => {
    const decided = screen(factsOf({ access: 'locked', held: list }));
    return decided.outcome === 'full' ? decided.entitlement : undefined;
  };

  test('one that is owed for opens the article, and the decision says so', () => {
    expect(chosen(due())).toMatchObject({ paymentDue: true, endsAt: noon + 5 * dayMs });
  });

  test('one that is paid for comes first, however soon it ends', () => {
    const paid = bought({ endsAt: noon + 1 });
    expect(chosen(due(), paid)).toBe(paid);
    expect(chosen(paid, due())).toBe(paid);
  });

  test('a paid one for another product, or one that is over, doesn’t hide what is owed', () => {
    const other = bought({ product: 'other' as Entitlement['product'] });
    expect(chosen(other, bought({ endsAt: noon }), due())?.paymentDue).toBe(true);
  });

  test('of two that are owed for it is the longer', () => {
    expect(chosen(due(noon + 2), due(noon + 9), due(noon + 5))?.endsAt).toBe(noon + 9);
  });
});

describe('over HTTP', () => {
  let origin: ArticleOrigin;
  let site: RunningGateway;
  let names = 0;
  beforeAll(async () => {
    origin = await startArticleOrigin();
    // No notice of free reads: this one is another matter.
    site = await startGateway({
      originUrl: origin.url,
      policy: testPolicy.replace('moreFrom: false', 'moreFrom: false, notice: false'),
    });
  });
  afterAll(async () => {
    await site?.stop();
    await origin?.stop();
  });

  const readerWith = async (...entitlements: Entitlement[]) => {
    names += 1;
    return site.account(`owing-${names}@example.com`, entitlements);
  };
  const read = async (entitlement: Entitlement, path = '/tidewater/one'): Promise<Answer> =>
    site.ask(path, { headers: (await readerWith(entitlement)).cookie });
  const words = /Your last payment failed\. Update your card by ([^<]+?) to keep reading\./;

  test('the whole article comes with the line above it, and its link to pay', async () => {
    const answer = await read(due());
    expect(answer.headers['gatefold-access']).toBe('full; reason=subscription');
    expect(answer.text).toContain(withheldText('one'));
    expect(words.exec(answer.text)?.[1]).toBe('28 November 2026');
    expect(answer.text).toContain('href="/-/account#payment"');
    expect(answer.text.indexOf('gatefold-notice')).toBeLessThan(answer.text.indexOf(withheldText('one')));
    expect(answer.headers['cache-control']).toBe('private, no-store');
  });

  test('the day is each reader’s own, and access ends just before a midnight is the day before', async () => {
    const days = await Promise.all(
      [noon + 5 * dayMs, noon + 6 * dayMs, Date.UTC(2026, 10, 30)].map(
        async (endsAt) => words.exec((await read(due(endsAt))).text)?.[1],
      ),
    );
    expect(days).toEqual(['28 November 2026', '29 November 2026', '29 November 2026']);
  });

  test('whoever has paid sees nothing of it, before and after one who hasn’t', async () => {
    expect((await read(bought(), '/tidewater/two')).text).not.toMatch(words);
    expect((await read(due(), '/tidewater/two')).text).toMatch(words);
    expect((await read(bought(), '/tidewater/two')).text).not.toMatch(words);
    expect((await site.reader().ask('/tidewater/two')).text).not.toMatch(words);
  });

  test('a copy kept from before it was owed is not taken for the page of now', async () => {
    const reader = await readerWith(bought());
    const paid = await site.ask('/tidewater/three', { headers: reader.cookie });
    await site.gateway.stores.entitlements.put(reader.id, due());
    await site.gateway.stores.entitlements.remove(reader.id, bought().id);
    const owed = await site.ask('/tidewater/three', {
      headers: { ...reader.cookie, 'If-None-Match': String(paid.headers.etag) },
    });
    expect(owed.status).toBe(200);
    expect(owed.text).toMatch(words);
  });

  test('is on the AMP page too, without script or shadow', async () => {
    origin.on('/tidewater/amped', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' });
      res.end(articlePage('amped').replace('<html', '<html amp'));
    });
    const { text } = await read(due(), '/tidewater/amped');
    expect(text).toMatch(words);
    expect(text).toMatch(/<p class="gatefold-notice" role="note"[^>]*>Your last payment failed/);
  });

  test('is told by the access API, with the entitlement', async () => {
    const { cookie } = await readerWith(due());
    const told = JSON.parse((await site.ask('/-/access?url=/tidewater/one', { headers: cookie })).text);
    expect(told).toMatchObject({ access: 'full', entitlement: { product: 'all', paymentDue: true } });
    const { cookie: paid } = await readerWith(bought());
    const other = JSON.parse((await site.ask('/-/access?url=/tidewater/one', { headers: paid })).text);
    expect(other.entitlement).not.toHaveProperty('paymentDue');
  });

  test('an open article says nothing of it', async () => {
    origin.on('/tidewater/open', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' });
      res.end(
        '<html><head><meta property="article:content_tier" content="free"></head><body><div class="article-body"><p>Open to all.</p></div></body></html>',
      );
    });
    expect((await read(due(), '/tidewater/open')).text).not.toMatch(words);
  });
});
