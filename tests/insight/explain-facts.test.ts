/** The trace of a decision as a value tells all that its text tells, and the articles that were counted. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DecidedView } from '../../src/gate/answer-access.ts';
import { askedAddress } from '../../src/gate/asked-address.ts';
import { explain, explainLines } from '../../src/insight/explain.ts';
import { countedReads, explainFacts } from '../../src/insight/explain-facts.ts';
import type { Asker } from '../../src/readers/asker.ts';
import { visitorCountedAs } from '../../src/readers/counted-as.ts';
import type { VisitorId } from '../../src/readers/reader.ts';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { noon, type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';

const policy = testPolicy.replace(
  'otherwise:',
  'rules: [{ name: sport, when: { section: Sport }, access: locked, products: all }]\notherwise:',
);

let origin: ArticleOrigin;
let site: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, policy });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const decidedFor = async (target: string, visitor: VisitorId): Promise<DecidedView> => {
  const { subject, slot } = visitorCountedAs(visitor);
  const asker: Asker = { visitor, newVisitor: false, meterSubject: subject, meterSlot: slot };
  const address = askedAddress(target, [new URL(site.url).host]);
  if (!address) throw new Error('no address');
  const decided = await site.gateway.gate.decideAt(address, { asker }, 'look', noon);
  if (typeof decided === 'string') throw new Error(decided);
  return decided;
};

const visitorAfter = async (...targets: string[]): Promise<VisitorId> => {
  const reader = site.reader();
  for (const target of targets) {
    await reader.ask(target);
    site.time.now += 1000;
  }
  return (reader.jar.get('gf_visitor') ?? '').split('.').slice(0, 2).join('.') as VisitorId;
};

describe('the trace', () => {
  test('holds the rules up to the one that matched, the meter’s reading, and what would open the article', async () => {
    const decided = await decidedFor('/tidewater/c', await visitorAfter('/tidewater/a', '/tidewater/b'));
    expect(explainFacts(decided, noon)).toMatchObject({
      header: 'full; reason=free-read; left=0; of=3',
      article: { id: '/tidewater/c' },
      rules: [
        { rule: 'sport', matched: false, whyNot: expect.stringContaining('section') },
        { rule: 'otherwise', matched: true, access: 'metered' },
      ],
      products: ['all'],
      entitlements: { known: 'live', list: [] },
      meter: { meter: 'main', allowance: 3, reading: { used: 2, outcome: 'available' } },
      decision: { outcome: 'full', reason: 'free-read' },
    });
  });

  test('names the articles that were counted, oldest first, for whoever asked for them', async () => {
    const decided = await decidedFor('/tidewater/c', await visitorAfter('/tidewater/b', '/tidewater/a'));
    const counted = await countedReads(decided, site.gateway.stores.meters);
    const facts = explainFacts(decided, noon, counted);
    expect(facts.meter).toMatchObject({
      counted: [{ article: '/tidewater/b' }, { article: '/tidewater/a' }],
    });
    const without = explainLines(explainFacts(decided, noon));
    const lines = explainLines(facts);
    expect(lines.filter((line) => !without.includes(line))).toEqual([
      expect.stringMatching(/^ {2}\d{4}-\d\d-\d\d \d\d:\d\d \/tidewater\/b$/),
      expect.stringMatching(/^ {2}\d{4}-\d\d-\d\d \d\d:\d\d \/tidewater\/a$/),
    ]);
  });

  test('says the same as a value and as text', async () => {
    const decided = await decidedFor('/tidewater/c', await visitorAfter());
    expect(explainLines(explainFacts(decided, noon))).toEqual(explain(decided, noon));
  });

  test('of a meter that can’t be read says what the policy says then', async () => {
    const decided = await decidedFor('/tidewater/c', await visitorAfter());
    const down: DecidedView = { ...decided, view: { ...decided.view, reading: 'unavailable' } };
    expect(explainFacts(down, noon).meter).toEqual({
      meter: 'main',
      reading: 'unavailable',
      whenDown: 'preview',
    });
  });

  test('is a plain value: what JSON makes of it says the same', async () => {
    const facts = explainFacts(await decidedFor('/tidewater/c', await visitorAfter()), noon);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });
});
