/** What an operator is shown of a reader's page, what explain and the access API say of it, and what is served: always the same. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { EntitlementId } from '../../src/entitlements/entitlement.ts';
import type { Seen } from '../../src/gate/see-as.ts';
import { readerAsker, type SeenReader, visitorAsker } from '../../src/gate/seen-reader.ts';
import { compilePolicy } from '../../src/gateway/policy-in-force.ts';
import { explain } from '../../src/insight/explain.ts';
import { windowAt } from '../../src/meter/window.ts';
import { randomText } from '../../src/ops/random.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { Policy, ProductId } from '../../src/policy/policy.ts';
import type { Asker } from '../../src/readers/asker.ts';
import type { Email } from '../../src/readers/reader.ts';
import { createVisitors } from '../../src/readers/visitor.ts';
import { type ArticleOrigin, articlePage, sendHtml, startArticleOrigin } from '../support/article-origin.ts';
import { times } from '../support/effort.ts';
import { dayMs, noon, type RunningGateway, startGateway, testTokenKeys } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';
import {
  articles,
  bodyOf,
  type GeneratedArticle,
  type GeneratedReader,
  headerOf,
  policyTexts,
  readers,
  wordOf,
} from './generated-views.ts';

let origin: ArticleOrigin;
let site: RunningGateway;

beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, trustProxy: '127.0.0.1' });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const visitors = createVisitors({ keys: testTokenKeys, random: randomText });

let made = 0;
const next = (): string => {
  made += 1;
  return String(made);
};

/** Puts it at the origin. */
const publish = (article: GeneratedArticle): { readonly target: string; readonly slug: string } => {
  const slug = `story-${next()}`;
  const target = `/${article.publication}/${slug}`;
  const page = articlePage(slug, { body: bodyOf(slug, article) });
  origin.on(target, sendHtml(page, { 'Gatefold-Article': headerOf(article) }));
  return { target, slug };
};

interface Somebody {
  readonly headers: Readonly<Record<string, string>>;
  readonly asker: Asker;
  readonly seen: SeenReader;
}

/** Has read so many articles of every meter of the policy. */
const afterReads = async (asker: Asker, reads: number, policy: Policy): Promise<void> => {
  const charges = policy.meters.flatMap((meter) =>
    Array.from({ length: reads }, (_, place) =>
      site.gateway.stores.meters.admit({
        meter: meter.id,
        subject: asker.meterSubject,
        slot: asker.meterSlot,
        article: `/read/${place}` as never,
        window: windowAt(meter.window, policy.site.timeZone, noon),
        allowance: 99,
        charge: true,
        now: noon,
      }),
    ),
  );
  await Promise.all(charges);
};

/** Somebody who comes from a network of their own, with what was generated of them. */
const appear = async (reader: GeneratedReader, policy: Policy): Promise<Somebody> => {
  const place = Number(next());
  const network = { 'X-Forwarded-For': `10.${(place >> 8) % 256}.${place % 256}.9` };
  const own = reader.how === 'their-own';
  if (reader.who === 'crawler')
    return {
      headers: { ...network, 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' },
      asker: visitorAsker(visitors.mintVisitor(`new${place}`).id),
      seen: { kind: 'crawler' },
    };
  if (reader.who === 'visitor') {
    const { id, cookie } = visitors.mintVisitor(`net${place}`);
    const asker = visitorAsker(id);
    await afterReads(asker, reader.reads, policy);
    return {
      headers: { ...network, Cookie: `gf_visitor=${cookie}` },
      asker,
      seen: own ? { kind: 'numbered', number: id } : { kind: 'visitor', reads: reader.reads },
    };
  }
  const email = `reader-${place}@example.org`;
  const entitled = entitlementsOf(reader);
  const account = await site.account(email, entitled.list);
  const asker = readerAsker(account.id);
  await afterReads(asker, reader.reads, policy);
  const madeUp = {
    registered: { kind: 'registered', reads: reader.reads },
    entitled: entitled.seen,
  } as const;
  return {
    headers: { ...network, ...account.cookie },
    asker,
    seen: own ? { kind: 'named', email: email as Email } : madeUp[reader.who],
  };
};

const entitlementsOf = (reader: GeneratedReader) => {
  const endsAt = noon + reader.endsInDays * dayMs;
  const products = reader.products as readonly string[] as readonly ProductId[];
  const due = reader.paymentDue ? { paymentDue: true as const } : {};
  const list = products.map((product) => ({
    id: `test:${product}` as EntitlementId,
    product,
    source: reader.source,
    startsAt: Math.min(noon, endsAt),
    endsAt,
    ...due,
  }));
  const seen: SeenReader = {
    kind: 'entitled',
    source: reader.source,
    products,
    endsAt,
    reads: reader.reads,
    ...due,
  };
  return { list: reader.who === 'entitled' ? list : [], seen };
};

const headersIn = (flat: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    flat.flatMap((name, place) => (place % 2 === 0 ? [[name.toLowerCase(), flat[place + 1] ?? '']] : [])),
  );

type Page = Extract<Seen, { kind: 'page' }>;

const asPage = (seen: Seen): Page => {
  if (seen.kind !== 'page') throw new Error(`a page was expected, not ${seen.kind}`);
  return seen;
};

const putInForce = async (text: string, version: string): Promise<void> => {
  site.writePolicy(text);
  await until(() => site.gateway.inForce().policy.version === version, 'the generated policy');
};

/** How often each was met, so that the test can say that it met them all. */
const met = new Map<string, number>();
const views = { wanted: times(400), each: 20, done: 0 };

test('for hundreds of (policy, article, reader): the page as seen in a draft, as seen in force, explain, the access API and what is served', async () => {
  await fc.assert(
    fc.asyncProperty(
      policyTexts,
      fc.array(fc.tuple(articles, readers), { minLength: views.each, maxLength: views.each }),
      async (text, generated) => {
        const loaded = loadPolicy(text, 'policy.yaml');
        if (loaded.kind !== 'ok') throw new Error(`not a policy: ${JSON.stringify(loaded.faults)}`);
        const draft = compilePolicy(loaded.policy, site.gateway.inForce().sandbox ?? false);
        const cases = await Promise.all(
          generated.map(async ([article, reader]) => {
            const { target, slug } = publish(article);
            const somebody = await appear(reader, draft.policy);
            const address = { url: target, target, path: target };
            const asked = { address, reader: somebody.seen, now: noon };
            const drafted = asPage(await site.gateway.gate.seeAs({ ...asked, rules: draft }));
            return { article, slug, somebody, asked, drafted };
          }),
        );
        await putInForce(text, draft.policy.version);
        for (const { article, slug, somebody, asked, drafted } of cases) {
          const { address } = asked;
          const { seeAs, decideAt } = site.gateway.gate;
          const seen = asPage(await seeAs({ ...asked, rules: site.gateway.inForce() }));
          const explained = await decideAt(address, { asker: somebody.asker }, 'look', noon);
          if (typeof explained === 'string') throw new Error(explained);
          const { headers } = somebody;
          const access = await site.ask(`/-/access?url=${encodeURIComponent(address.url)}`, { headers });
          const served = await site.ask(address.target, { headers });

          const stated = headersIn(seen.headers);
          const header = stated['gatefold-access'];
          expect(explain(explained, noon)[0]).toBe(`Gatefold-Access: ${header}`);
          expect(explain(seen.decided, noon)).toEqual(explain(explained, noon));
          expect(access.headers['gatefold-access']).toBe(header);
          const { decision } = seen.decided;
          expect(JSON.parse(access.text)).toMatchObject({
            access: decision.outcome,
            reason: decision.reason,
          });
          expect(served.headers['gatefold-access']).toBe(header);
          expect(served.status).toBe(seen.status);
          expect(served.headers).toMatchObject(stated);
          expect(served.body.equals(seen.body)).toBe(true);
          expect(drafted.body.equals(seen.body)).toBe(true);
          expect(drafted.headers).toEqual(seen.headers);
          // What is withheld is withheld from the picture too, and explain's own words don't tell it.
          const shown = seen.body.toString();
          const words = Array.from({ length: article.paragraphs }, (_, place) => wordOf(slug, place));
          if (decision.outcome === 'full') expect(words.every((word) => shown.includes(word))).toBe(true);
          if (decision.reason === 'uncuttable')
            expect(words.some((word) => shown.includes(word))).toBe(false);
          met.set(decision.reason, (met.get(decision.reason) ?? 0) + 1);
          views.done += 1;
        }
      },
    ),
    { numRuns: views.wanted / views.each, endOnFailure: true },
  );
  expect(views.done).toBeGreaterThanOrEqual(views.wanted);
  const expected = [
    'open',
    'subscription',
    'pass',
    'comp',
    'gift',
    'registered',
    'free-read',
    'registration-required',
    'meter-exhausted',
    'meter-off',
    'locked',
    'uncuttable',
  ];
  expect(expected.filter((reason) => !met.has(reason))).toEqual([]);
});
