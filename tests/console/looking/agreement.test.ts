/** Console, its API, explain, access API and served page: one decision for any policy, article and reader. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { EntitlementId } from '../../../src/entitlements/entitlement.ts';
import { windowAt } from '../../../src/meter/window.ts';
import { randomText } from '../../../src/ops/random.ts';
import { loadPolicy } from '../../../src/policy/load-policy.ts';
import type { Policy, ProductId } from '../../../src/policy/policy.ts';
import { policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { readerCountedAs, visitorCountedAs } from '../../../src/readers/counted-as.ts';
import { createVisitors } from '../../../src/readers/visitor.ts';
import {
  articles,
  bodyOf,
  type GeneratedArticle,
  type GeneratedReader,
  headerOf,
  policyTexts,
  readers,
} from '../../gate/generated-views.ts';
import {
  type ArticleOrigin,
  articlePage,
  sendHtml,
  startArticleOrigin,
} from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { times } from '../../support/effort.ts';
import { accessOf } from '../../support/raw-client.ts';
import {
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testTokenKeys,
} from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
let operator: OperatorBrowser;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, trustProxy: '127.0.0.1' });
  operator = await operatorAt(site, 'viewer');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const visitors = createVisitors({ keys: testTokenKeys, random: randomText });

let made = 0;
const next = (): number => {
  made += 1;
  return made;
};

/** Puts it at the origin. */
const publish = (article: GeneratedArticle): string => {
  const slug = `told-${next()}`;
  const target = `/${article.publication}/${slug}`;
  const page = articlePage(slug, { body: bodyOf(slug, article) });
  origin.on(target, sendHtml(page, { 'Gatefold-Article': headerOf(article) }));
  return target;
};

interface Somebody {
  /** With which they ask for the page. */
  readonly headers: Readonly<Record<string, string>>;
  /** With which the console's API is asked about them. */
  readonly who: Readonly<Record<string, string | readonly string[]>>;
}

type CountedAs = ReturnType<typeof visitorCountedAs>;

/** Has read so many articles of every meter of the policy. */
const afterReads = async (counted: CountedAs, reads: number, policy: Policy): Promise<void> => {
  const charges = policy.meters.flatMap((meter) =>
    Array.from({ length: reads }, (_, place) =>
      site.gateway.stores.meters.admit({
        meter: meter.id,
        ...counted,
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

/** Somebody who comes from a network of their own, as the readers of this site do, and as the console can ask about them. */
const appear = async (reader: GeneratedReader, policy: Policy): Promise<Somebody> => {
  const place = next();
  const network = { 'X-Forwarded-For': `10.${(place >> 8) % 256}.${place % 256}.9` };
  const own = reader.how === 'their-own';
  const reads = String(reader.reads);
  if (reader.who === 'crawler')
    return {
      headers: { ...network, 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' },
      who: { as: 'crawler' },
    };
  if (reader.who === 'visitor') {
    const { id, cookie } = visitors.mintVisitor(`net${place}`);
    await afterReads(visitorCountedAs(id), reader.reads, policy);
    const who = own ? { number: id } : { as: 'visitor', reads };
    return { headers: { ...network, Cookie: `gf_visitor=${cookie}` }, who };
  }
  const email = `told-${place}@example.org`;
  const { list, madeUp } = heldBy(reader);
  const account = await site.account(email, list);
  await afterReads(readerCountedAs(account.id), reader.reads, policy);
  const headers = { ...network, ...account.cookie };
  if (reader.who === 'registered' && !own) return { headers, who: { as: 'registered', reads } };
  if (madeUp && !own) return { headers, who: { ...madeUp, reads } };
  return { headers, who: place % 2 === 0 ? { reader: email } : { number: `reader.${account.id}` } };
};

/** What an entitled reader holds; `madeUp` where the console can make up just that. */
const heldBy = ({ who, source, products, endsInDays, paymentDue }: GeneratedReader) => {
  if (who !== 'entitled') return { list: [] };
  const as =
    source === 'gift'
      ? 'gift'
      : source !== 'subscription'
        ? undefined
        : paymentDue
          ? 'past-due'
          : 'subscriber';
  const days = as === undefined ? endsInDays : as === 'past-due' ? 7 : 30;
  const endsAt = noon + days * dayMs;
  const list = (products as readonly string[] as readonly ProductId[]).map((product) => ({
    id: `test:${product}` as EntitlementId,
    product,
    source,
    startsAt: Math.min(noon, endsAt),
    endsAt,
    ...(paymentDue && as !== 'gift' && as !== 'subscriber' ? { paymentDue: true as const } : {}),
  }));
  return { list, ...(as && products.length > 0 ? { madeUp: { as, product: products } } : {}) };
};

const api = async (path: string, fields: Somebody['who']) => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) query.append(name, one);
  const { status, body } = await operator.api('GET', `${path}?${query}`);
  if (status !== 200) throw new Error(`${path}?${query}: ${JSON.stringify(body)}`);
  return body;
};

const versions = () => policyVersions({ store: site.gateway.stores.versions, clock: () => noon });

const draftIt = async (text: string): Promise<void> => {
  const { draft, newest } = await versions().desk();
  const basedOn = newest?.number ?? 1;
  const saved = await versions().saveDraft({
    text,
    basedOn,
    revision: draft.revision,
    author: 'ed@desk.example',
  });
  if (saved.kind !== 'saved') throw new Error(saved.kind);
};

const publishDraft = async (version: string): Promise<void> => {
  const { draft } = await versions().desk();
  const order = { revision: draft.revision, author: 'ed@desk.example', note: '' };
  const { kind } = await versions().publishDraft(order);
  if (kind !== 'published') throw new Error(kind);
  await until(() => site.gateway.inForce().policy.version === version, 'the generated policy');
};

/** The parts of a decision that every one of them tells. */
const partsOf = (decision: {
  outcome: string;
  reason: string;
  rule: string;
  standing?: { left: number; of: number };
}) => ({
  outcome: decision.outcome,
  reason: decision.reason,
  rule: decision.rule,
  ...(decision.standing ? { left: decision.standing.left, of: decision.standing.of } : {}),
});

/** How often each was met, so that the test can say that it met them all. */
const met = new Map<string, number>();
const views = { wanted: times(400), each: 20, done: 0 };

test('for hundreds of (policy, article, reader): the console in a draft and in force, explain, the access API and the served page', async () => {
  await fc.assert(
    fc.asyncProperty(
      policyTexts,
      fc.array(fc.tuple(articles, readers), { minLength: views.each, maxLength: views.each }),
      async (text, generated) => {
        const loaded = loadPolicy(text, 'policy.yaml');
        if (loaded.kind !== 'ok') throw new Error(`not a policy: ${JSON.stringify(loaded.faults)}`);
        const { policy } = loaded;
        await draftIt(text);
        const cases = await Promise.all(
          generated.map(async ([article, reader]) => {
            const address = publish(article);
            const somebody = await appear(reader, policy);
            const asked = { address, ...somebody.who };
            const drafted = await api('/see', { ...asked, policy: 'draft' });
            return { address, somebody, asked, drafted };
          }),
        );
        await publishDraft(policy.version);
        // Each is somebody of their own, so that they can come at once.
        const compare = async ({
          address,
          somebody,
          asked,
          drafted,
        }: (typeof cases)[number]): Promise<void> => {
          const seen = await api('/see', asked);
          const explained = await api('/explain', asked);
          const { headers } = somebody;
          const access = await site.ask(`/-/access?url=${encodeURIComponent(address)}`, { headers });
          const served = await site.ask(address, { headers });

          const parts = partsOf(seen.decision);
          const header = served.headers['gatefold-access'];
          const { rule, ...inHeader } = parts;
          expect(accessOf(served)).toEqual(inHeader);
          expect([seen.header, explained.facts.header, access.headers['gatefold-access']]).toEqual([
            header,
            header,
            header,
          ]);
          expect(explained.lines[0]).toBe(`Gatefold-Access: ${header}`);
          expect(partsOf(explained.facts.decision)).toEqual(parts);
          expect(partsOf(drafted.decision)).toEqual(parts);
          expect(explained.facts.rules.at(-1)).toMatchObject({ rule, matched: true });
          const told = JSON.parse(access.text);
          expect([told.access, told.reason, told.meter?.left, told.meter?.of]).toEqual([
            parts.outcome,
            parts.reason,
            parts.left,
            parts.of,
          ]);
          expect([seen.status, seen.html]).toEqual([served.status, served.text]);
          expect(drafted.html).toBe(seen.html);
          met.set(parts.reason, (met.get(parts.reason) ?? 0) + 1);
          views.done += 1;
        };
        await Promise.all(cases.map(compare));
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
