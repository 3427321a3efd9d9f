/** 100,000 logged views take little room and are replayed in seconds, and a view that is recorded waits for nothing. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DecisionMade } from '../../src/gate/on-decision.ts';
import { createViewArticle } from '../../src/gate/view-article.ts';
import { createIsCrawler } from '../../src/insight/crawler.ts';
import { createDecisionLog } from '../../src/insight/decision-log.ts';
import { createInsightCounter } from '../../src/insight/insight-counter.ts';
import { readDecisionLog } from '../../src/insight/read-decision-log.ts';
import { createLogKeys } from '../../src/insight/reader-key.ts';
import { createViewRecorder } from '../../src/insight/record-views.ts';
import { replayLog } from '../../src/insight/replay.ts';
import { createSampling } from '../../src/insight/sampling.ts';
import type { MeterStore } from '../../src/meter/meter-store.ts';
import { randomText } from '../../src/ops/random.ts';
import { createMatcher } from '../../src/policy/match.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { visitorCountedAs } from '../../src/readers/counted-as.ts';
import type { VisitorId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { policyOf } from '../gate/policy-facts.ts';
import { secretKey } from '../readers/support.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { noon } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

const count = 100_000;
const sections = ['World', 'Politics', 'Business', 'Culture', 'Sport', 'Science', 'Opinion', 'Travel'];

const policyWith = (visitor: number): Policy =>
  policyOf(`
site: { name: Test, timeZone: UTC }
meters: { main: { window: month, visitor: ${visitor}, registered: 5, networkAllowance: 200 } }
rules:
${Array.from({ length: 30 }, (_, n) => `  - { name: rule-${n}, when: { section: S${n}, tag: [t1, t2] }, access: locked, products: all }`).join('\n')}
  - { name: opinion, when: { section: Opinion }, access: locked, products: all }
otherwise: { access: metered, meter: main, products: all }
`);

/** The same in every run; no cleverer than it has to be. */
const numbers = () => {
  let state = 12345;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const madeViews = async (policy: Policy): Promise<DecisionMade[]> => {
  const next = numbers();
  const matcher = createMatcher(policy);
  const articles = Array.from({ length: 3000 }, (_, n) => ({
    id: `/${sections[n % 8]?.toLowerCase()}/2026/11/a-headline-of-some-${n}-words` as DecisionMade['article']['id'],
    path: `/${sections[n % 8]?.toLowerCase()}/2026/11/a-headline-of-some-${n}-words`,
    title: 'A headline',
    publication: 'tidewater',
    section: sections[n % 8] ?? '',
    tags: [`topic-${n % 200}`, `place-${n % 90}`],
    authors: [`Author ${n % 60}`],
    language: 'en',
    publishedAt: noon - n * 3_600_000,
  }));
  const counted = new Map<string, Set<string>>();
  const admit: MeterStore['admit'] = async ({ subject, article, allowance, window }) => {
    const reads = counted.get(subject) ?? new Set();
    counted.set(subject, reads);
    const answer = (outcome: 'known' | 'exhausted' | 'charged') => ({
      outcome,
      used: reads.size,
      resetsAt: window.kind === 'calendar' ? window.endsAt : 0,
    });
    if (reads.has(article)) return answer('known');
    if (reads.size >= allowance) return answer('exhausted');
    reads.add(article);
    return answer('charged');
  };
  const viewArticle = createViewArticle({
    liveView: { peek: () => [], of: async () => [], lastHeard: () => undefined },
    meters: { admit } as MeterStore,
    onDegraded: () => undefined,
  });
  const made: DecisionMade[] = [];
  for (let n = 0; n < count; n += 1) {
    // A process that never looks at its sockets takes its connection to Redis for dead.
    if (n % 2000 === 0) await new Promise((resolve) => setImmediate(resolve));
    const article = articles[Math.floor(next(3000) ** 2 / 3000)]!;
    const visitor =
      `network-${next(900)}.abcdefghijklm-${Math.floor(next(30_000) ** 2 / 30_000)}` as VisitorId;
    const { subject, slot } = visitorCountedAs(visitor.slice(visitor.indexOf('.')) as VisitorId);
    const asker = { visitor, newVisitor: false, meterSubject: subject, meterSlot: slot };
    const now = noon + n * 300 + next(200);
    const { rule, outcome } = matcher.match(article, now);
    const view = await viewArticle({ article, rule, outcome, policy, asker, purpose: 'read', now });
    made.push({
      article,
      view,
      decision: view.decision,
      nothingToWithhold: false,
      uncuttable: false,
      asker: { ...asker, meterSlot: visitor.slice(0, visitor.indexOf('.')) },
      purpose: 'read',
      now,
      userAgent: `Mozilla/5.0 (X11; Linux x86_64) Browser/${next(300)}`,
    });
  }
  return made;
};

let redis: RedisServer;
let stores: Stores;
beforeAll(async () => {
  redis = await startRedis();
  stores = await openStores({ redisUrl: redis.url, dataDir: '', warn: () => undefined });
});
afterAll(async () => {
  await stores?.close();
  await redis?.stop();
});

const usedMemory = async (): Promise<number> =>
  Number(/used_memory:(\d+)/.exec(String(await redis.call('INFO', 'memory')))?.[1]);

test('100,000 views: recorded, kept in less than 20 MB of Redis, and replayed in steps', async () => {
  const made = await madeViews(policyWith(3));
  const memoryBefore = await usedMemory();
  // A busy machine may be late for a write now and then, which is tried again: what counts is that nothing is lost.
  const troubles: unknown[] = [];
  const onTrouble = (error: unknown): void => void troubles.push(error);
  const log = createDecisionLog({
    store: stores.decisionLog,
    keepViews: () => count,
    random: randomText,
    onTrouble,
  });
  const counter = createInsightCounter({
    store: stores.insight,
    timeZone: () => 'UTC',
    random: randomText,
    onTrouble,
  });
  const recorder = createViewRecorder({
    log,
    counter,
    sampling: createSampling(1_000_000),
    isCrawler: createIsCrawler(),
    keys: createLogKeys({ keys: [secretKey('k1')], timeZone: () => 'UTC' }),
    onTrouble: (error) => {
      throw error;
    },
  });
  for (let at = 0; at < made.length; at += 400) {
    for (const each of made.slice(at, at + 400)) recorder.onDecision(each);
    await recorder.drain();
  }
  await counter.close();
  await until(async () => {
    await recorder.drain();
    return (await stores.decisionLog.size()) === count;
  }, 'all that was tried again');
  const megabytes = ((await usedMemory()) - memoryBefore) / 1024 / 1024;
  expect(await stores.decisionLog.size()).toBe(count);
  expect(log.dropped()).toBe(0);

  let steps = 0;
  const report = await replayLog(
    readDecisionLog({ store: stores.decisionLog, onMalformed: (id) => Promise.reject(new Error(id)) }),
    { before: policyWith(3), after: policyWith(1) },
    {
      onProgress: () => {
        steps += 1;
      },
    },
  );
  expect(report.logged).toBe(count);
  expect(report.total.stoppedBefore.views).toBe(
    made.filter(({ decision }) => decision.outcome === 'preview').length,
  );
  expect(report.total.stoppedAfter.views).toBeGreaterThan(report.total.stoppedBefore.views);
  expect(steps).toBeGreaterThan(100);
  expect(megabytes).toBeLessThan(20);
});
