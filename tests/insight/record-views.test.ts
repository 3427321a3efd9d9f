/** What is recorded of a view: enough to decide it again, and nothing that names its reader. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Entitlement, EntitlementId } from '../../src/entitlements/entitlement.ts';
import type { DecisionMade } from '../../src/gate/on-decision.ts';
import { createIsCrawler } from '../../src/insight/crawler.ts';
import { createDecisionLog } from '../../src/insight/decision-log.ts';
import type { DecisionLogStore } from '../../src/insight/decision-log-store.ts';
import type { LoggedView } from '../../src/insight/logged-view.ts';
import { createLogKeys } from '../../src/insight/reader-key.ts';
import { createViewRecorder } from '../../src/insight/record-views.ts';
import { createSampling } from '../../src/insight/sampling.ts';
import type { MeterSubject } from '../../src/meter/meter-store.ts';
import { randomText } from '../../src/ops/random.ts';
import type { ProductId } from '../../src/policy/policy.ts';
import type { DeviceId, ReaderId, VisitorId } from '../../src/readers/reader.ts';
import { plainPolicy, story } from '../gate/policy-facts.ts';
import { secretKey } from '../readers/support.ts';
import { dayMs, noon } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const keys = createLogKeys({ keys: [secretKey('k1')], timeZone: () => 'Europe/Berlin' });

const madeBy = ({
  reader,
  ...parts
}: Partial<DecisionMade> & { readonly reader?: readonly Entitlement[] } = {}): DecisionMade => {
  const visitor = 'network-01.abcdefghijklmnopqrstuv' as VisitorId;
  const id = 'anna-at-example' as ReaderId;
  const decision = {
    outcome: 'full',
    reason: 'open',
    rule: 'otherwise',
    policyVersion: plainPolicy.version,
  } as const;
  return {
    article: story,
    view: { decision, screening: decision, entitlements: { kind: 'live', list: [] } },
    decision,
    nothingToWithhold: false,
    uncuttable: false,
    asker: {
      ...(reader ? { reader: { id, device: 'd' as DeviceId, snapshot: reader, snapshotAt: 0 } } : {}),
      visitor,
      newVisitor: false,
      meterSubject: (reader ? `r:${id}` : `v:${visitor}`) as MeterSubject,
      meterSlot: reader ? id : 'network-01',
    },
    purpose: 'read',
    now: noon,
    userAgent: chrome,
    ...parts,
  };
};

const comp: Entitlement = {
  id: 'comp:all' as EntitlementId,
  product: 'all' as ProductId,
  source: 'comp',
  startsAt: noon - dayMs,
  endsAt: noon + 5 * dayMs + 1234,
};

const recorded = (more: Partial<Parameters<typeof createViewRecorder>[0]> = {}) => {
  const [logged, counted, troubles]: [LoggedView[], DecisionMade[], unknown[]] = [[], [], []];
  const recorder = createViewRecorder({
    log: {
      record: (view) => void logged.push(view),
      flush: async () => undefined,
      isBehind: () => false,
      dropped: () => 0,
    },
    counter: { view: (made) => void counted.push(made) },
    sampling: createSampling(1_000_000),
    isCrawler: createIsCrawler(),
    keys,
    onTrouble: (error) => troubles.push(error),
    ...more,
  });
  return { recorder, logged, counted, troubles };
};

describe('a view', () => {
  test('is handed over within about a second, without anybody asking', async () => {
    const { recorder, logged, counted } = recorded();
    recorder.onDecision(madeBy());
    expect(logged).toEqual([]);
    await until(() => logged.length === 1 && counted.length === 1, 'the view');
  });

  test('whose write failed is written a little later, though no other view comes', async () => {
    const kept: unknown[] = [];
    const troubles: unknown[] = [];
    let isAway = true;
    const put = async (chunk: unknown): Promise<void> => {
      if (isAway) throw new Error('away');
      kept.push(chunk);
    };
    const log = createDecisionLog({
      store: { put } as unknown as DecisionLogStore,
      keepViews: () => 1000,
      random: randomText,
      onTrouble: (error) => troubles.push(error),
    });
    const { recorder } = recorded({ log, retryMs: 1 });
    recorder.onDecision(madeBy());
    await until(() => troubles.length >= 2, 'a second failure');
    isAway = false;
    await until(() => kept.length === 1, 'the view');
    expect(log.isBehind()).toBe(false);
    await recorder.close();
    expect(kept).toHaveLength(1);
  });

  test('that can’t be written is let go of when the recorder is closed', async () => {
    let tries = 0;
    const log = {
      record: () => undefined,
      flush: async () => {
        tries += 1;
      },
      isBehind: () => true,
      dropped: () => 0,
    };
    const { recorder } = recorded({ log, retryMs: 1 });
    recorder.onDecision(madeBy());
    await recorder.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(tries).toBe(1);
  });

  test('among many is handed over at once, and once', async () => {
    const { recorder, logged } = recorded();
    for (let n = 0; n < 600; n += 1) recorder.onDecision(madeBy());
    await until(() => logged.length === 600, 'the views');
    await recorder.close();
    expect(logged).toHaveLength(600);
  });

  test('tells nothing that names its reader: no id, no tag of a network, no address, no title', async () => {
    const { recorder, logged } = recorded();
    recorder.onDecision(madeBy());
    recorder.onDecision(madeBy({ reader: [comp] }));
    await recorder.close();
    const text = JSON.stringify(logged);
    for (const secret of ['anna', 'network-01', 'abcdefgh', 'A story', 'comp:all', '1234', 'Mozilla'])
      expect(text).not.toContain(secret);
    expect(logged.map(({ reader, network }) => [reader.length, network?.length])).toEqual([
      [10, 10],
      [10, undefined],
    ]);
  });

  test('of an open article by a reader keeps what the reader holds, as far as it is at hand', async () => {
    const ended = { ...comp, endsAt: noon };
    const byToken = recorded();
    byToken.recorder.onDecision(madeBy({ reader: [comp, ended] }));
    await byToken.recorder.close();
    const known = recorded({ heldBy: () => [] });
    known.recorder.onDecision(madeBy({ reader: [comp] }));
    await known.recorder.close();
    expect(byToken.logged[0]).toMatchObject({
      audience: 'subscriber',
      held: [{ product: 'all', source: 'comp', endsAt: Math.ceil(comp.endsAt / dayMs) * dayMs }],
    });
    expect(known.logged[0]).toMatchObject({ audience: 'registered', held: [] });
  });

  test('by a crawler is logged with that mark and not counted; so is a look ahead', async () => {
    const { recorder, logged, counted } = recorded();
    recorder.onDecision(madeBy({ userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' }));
    recorder.onDecision(madeBy({ purpose: 'prefetch' }));
    await recorder.close();
    expect(logged.map(({ crawler, purpose }) => [crawler, purpose])).toEqual([
      [true, 'read'],
      [undefined, 'prefetch'],
    ]);
    expect(counted).toEqual([]);
  });

  test('that is only looked at leaves no trace', async () => {
    const { recorder, logged, counted } = recorded();
    recorder.onDecision(madeBy({ purpose: 'look' }));
    await recorder.close();
    expect([logged, counted]).toEqual([[], []]);
  });

  test('that can’t be taken leaves the others alone', async () => {
    const { recorder, logged, troubles } = recorded();
    for (const made of [madeBy(), { ...madeBy(), asker: undefined as never }, madeBy()])
      recorder.onDecision(made);
    await recorder.close();
    expect([logged.length, troubles.length]).toEqual([2, 1]);
  });
});

describe('a reader’s key', () => {
  const november = Date.UTC(2026, 10, 5);

  test('is the same on every instance for a month of the site’s, and another in the next', () => {
    const elsewhere = createLogKeys({ keys: [secretKey('k1')], timeZone: () => 'Europe/Berlin' });
    const key = keys.reader('v:a', november);
    expect(elsewhere.reader('v:a', Date.UTC(2026, 10, 30, 22, 59))).toBe(key);
    expect(elsewhere.reader('v:a', Date.UTC(2026, 10, 30, 23, 0))).not.toBe(key);
    expect(keys.reader('v:a', november)).toBe(key);
  });

  test('differs from other readers’, from the network’s of the same name, and under another secret', () => {
    const others = createLogKeys({ keys: [secretKey('k1', 8)], timeZone: () => 'Europe/Berlin' });
    const all = [
      keys.reader('a', november),
      keys.reader('b', november),
      keys.network('a', november),
      others.reader('a', november),
    ];
    expect(new Set(all).size).toBe(4);
  });
});

describe('a crawler', () => {
  const isCrawler = createIsCrawler();
  test.each([
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    'Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36',
    'curl/8.5.0',
    'python-requests/2.32.3',
    'Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)',
    '',
    undefined,
  ])('is %j', (userAgent) => expect(isCrawler(userAgent)).toBe(true));

  test.each([
    chrome,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Mozilla/5.0 (Linux; Android 13; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    'Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10',
  ])('isn’t %j', (userAgent) => expect(isCrawler(userAgent)).toBe(false));
});

describe('sampling', () => {
  test('logs every view while there are no more than the log takes', () => {
    const sampling = createSampling(50);
    for (let n = 0; n < 1000; n += 1) expect(sampling.weightOf(`v:${n}`, noon + n * 20)).toBe(1);
  });

  test('under load logs some readers wholly, about as many views as it should, and their weights make up the rest', () => {
    const sampling = createSampling(50);
    const [perSecond, seconds] = [2000, 60];
    let [logged, weighed] = [0, 0];
    const late = new Map<string, Set<boolean>>();
    for (let n = 0; n < perSecond * seconds; n += 1) {
      const subject = `v:network.${(n * 7919) % 5000}`;
      const weight = sampling.weightOf(subject, noon + Math.floor((n * 1000) / perSecond));
      logged += weight === undefined ? 0 : 1;
      weighed += weight ?? 0;
      if (n > 5 * perSecond) late.set(subject, (late.get(subject) ?? new Set()).add(weight !== undefined));
    }
    expect(logged / seconds).toBeGreaterThan(12);
    expect(logged / seconds).toBeLessThan(101);
    expect(weighed / (perSecond * seconds)).toBeGreaterThan(0.5);
    expect(weighed / (perSecond * seconds)).toBeLessThan(2);
    expect([...late.values()].every((kinds) => kinds.size === 1)).toBe(true);
  });

  test('never logs more than a few times what it should, however suddenly a load comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (perSecond) => {
        const sampling = createSampling(perSecond);
        let logged = 0;
        for (let n = 0; n < 20_000; n += 1)
          if (sampling.weightOf(`v:${n}`, noon + (n % 1000)) !== undefined) logged += 1;
        expect(logged).toBeLessThan(2 * perSecond * (2 + Math.log2(20_000 / perSecond)));
      }),
      { numRuns: 20 },
    );
  });

  test('logs at each share the readers of every smaller share', () => {
    const readers = Array.from({ length: 400 }, (_, n) => `v:network.${n}`);
    const loggedAfter = (views: number): readonly string[] => {
      const sampling = createSampling(1000);
      for (let n = 0; n < views; n += 1) sampling.weightOf(`other:${n}`, noon);
      return readers.filter((reader) => sampling.weightOf(reader, noon + 1000) !== undefined);
    };
    const [all, many, few] = [loggedAfter(1000), loggedAfter(4000), loggedAfter(16_000)];
    expect(all).toEqual(readers);
    expect(few.length).toBeGreaterThan(0);
    expect(few.filter((reader) => !many.includes(reader))).toEqual([]);
    expect(many.length).toBeGreaterThan(few.length);
  });
});
