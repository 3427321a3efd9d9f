/** The code on a prompt: the same for all who are shown the same, looked up by support, and nobody waits for it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type CodedDecision, decisionCodeIn, decisionCodeOf } from '../../src/gate/decision-code.ts';
import type { DecisionCodeStore, KeptDecision } from '../../src/gate/decision-code-store.ts';
import { createDecisionCodes } from '../../src/gate/decision-codes.ts';
import { type ArticleOrigin, articlePage, sendHtml, startArticleOrigin } from '../support/article-origin.ts';
import { dayMs, noon, type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';

const key = Buffer.alloc(32, 7);
const facts = (changes: Partial<CodedDecision> = {}): CodedDecision => ({
  article: '/tidewater/a' as never,
  policyVersion: 'v1' as never,
  rule: 'otherwise',
  reason: 'meter-exhausted',
  audience: 'visitor',
  standing: { meter: 'main' as never, left: 0, of: 3, resetsOn: '2026-12-01' },
  ...changes,
});

describe('a code', () => {
  test('differs for each fact that it stands for, and with the key, and for nothing else', () => {
    const { standing } = facts();
    const others = [
      { article: '/tidewater/b' as never },
      { policyVersion: 'v2' as never },
      { rule: 'first' as never },
      { reason: 'network-exhausted' },
      { audience: 'registered' },
      { standing: undefined as never },
      { standing: { ...standing, of: 4 } as never },
      { standing: { ...standing, resetsOn: '2026-12-02' } as never },
    ] satisfies Partial<CodedDecision>[];
    const codes = [facts(), ...others.map(facts)].map((each) => decisionCodeOf(key, each));
    expect(new Set(codes).size).toBe(codes.length);
    expect(decisionCodeOf(key, facts())).toBe(codes[0]);
    expect(decisionCodeOf(Buffer.alloc(32, 8), facts())).not.toBe(codes[0]);
  });

  test('is twelve letters and digits in groups of four, without vowels, and read back however it was typed', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.nat(), (article, of) => {
        const standing = { meter: 'main' as never, left: 0, of, resetsOn: '2026-12-01' };
        const code = decisionCodeOf(key, facts({ article: article as never, standing }));
        expect(code).toMatch(/^[2-9b-df-hj-np-tv-xz]{4}(-[2-9b-df-hj-np-tv-xz]{4}){2}$/);
        for (const typed of [
          `\u2068${code}\u2069`,
          code.toUpperCase(),
          code.replaceAll('-', ''),
          ` ${code.replaceAll('-', ' – ')} `,
        ])
          expect(decisionCodeIn(typed)).toBe(code);
      }),
    );
    for (const none of ['', 'k7f3', 'aaaa-aaaa-aaaa', 'k7f3-2m9q-b4xz-k7f3', '-'.repeat(100_000)])
      expect(decisionCodeIn(none)).toBeUndefined();
  });
});

/** A store that fails when told to, and shows what came. */
const storeInMemory = () => {
  const kept = new Map<string, CodedDecision>();
  const puts: (readonly KeptDecision[])[] = [];
  const state = { down: false };
  const store: DecisionCodeStore = {
    putCodes: async (codes) => {
      puts.push(codes);
      if (state.down) throw new Error('down');
      for (const each of codes) kept.set(each.code, each.facts);
    },
    codeFacts: async (code) => kept.get(code),
  };
  return { store, puts, state };
};

describe('remembering codes', () => {
  const remembering = (now = { at: noon }) => {
    const memory = storeInMemory();
    const faults: unknown[] = [];
    const codes = createDecisionCodes({
      key,
      store: memory.store,
      clock: () => now.at,
      report: (error) => faults.push(error),
    });
    return { ...memory, codes, faults, now };
  };

  test('is one write for many new codes, none for those that are known, and one more each day', async () => {
    const { codes, puts, now } = remembering();
    for (let time = 0; time < 10; time += 1)
      for (const slug of ['a', 'b', 'c']) codes.remember(facts({ article: slug as never }));
    expect(puts).toHaveLength(0);
    await codes.flush();
    expect(puts.map((each) => each.length)).toEqual([3]);
    codes.remember(facts({ article: 'a' as never }));
    await codes.flush();
    expect(puts).toHaveLength(1);
    now.at += dayMs;
    codes.remember(facts({ article: 'a' as never }));
    await codes.flush();
    expect(puts).toHaveLength(2);
  });

  test('is answered from memory before anything is written, and by another instance afterwards', async () => {
    const { codes, store } = remembering();
    const code = codes.remember(facts());
    expect(await codes.lookUp(code.toUpperCase())).toEqual(facts());
    const elsewhere = createDecisionCodes({ key, store, clock: () => noon, report: () => undefined });
    expect(await elsewhere.lookUp(code)).toBeUndefined();
    await codes.flush();
    expect(await elsewhere.lookUp(code)).toEqual(facts());
    expect(await elsewhere.lookUp('no code')).toBeUndefined();
    expect(codes.codeOf(facts())).toBe(code);
  });

  test('goes on while the store is down, is told once for each write, and writes when the prompt is made again', async () => {
    const { codes, puts, state, faults } = remembering();
    state.down = true;
    const code = codes.remember(facts());
    await codes.flush();
    expect(faults).toHaveLength(1);
    expect(await codes.lookUp(code)).toEqual(facts());
    state.down = false;
    codes.remember(facts());
    await codes.flush();
    expect(puts).toHaveLength(2);
    expect(puts[1]).toEqual([{ code, facts: facts() }]);
  });

  test('of addresses without end only so many wait to be written', async () => {
    const { codes, puts } = remembering();
    for (let place = 0; place < 30_000; place += 1)
      codes.remember(facts({ article: `/tidewater/${place}` as never }));
    await codes.flush();
    expect(puts.map((each) => each.length)).toEqual([2000]);
  });
});

describe('a prompt that is served', () => {
  let origin: ArticleOrigin;
  let site: RunningGateway;
  let other: RunningGateway;
  const policy = testPolicy.replace('own-or-metered', 'metered').replace('month', '30 days');
  beforeAll(async () => {
    origin = await startArticleOrigin();
    site = await startGateway({ originUrl: origin.url, policy });
    other = await startGateway({ originUrl: origin.url, policy, dataDir: site.dataDir });
  });
  afterAll(async () => {
    await site?.stop();
    await other?.stop();
    await origin?.stop();
  });

  const codeIn = (html: string): string => {
    const [, light = ''] = html.split('</template>');
    return /<small slot="reference">Reference ([\w-]+)<\/small>/.exec(light)?.[1] ?? '';
  };
  const stopped = async (at: RunningGateway, earlierBy = 0): Promise<string> => {
    const reader = at.reader();
    at.time.now = noon - earlierBy;
    for (const slug of ['one', 'two', 'three']) await reader.ask(`/tidewater/${slug}`);
    at.time.now = noon;
    const { text, headers } = await reader.ask('/tidewater/four');
    expect(headers['gatefold-access']).toBe('preview; reason=meter-exhausted; left=0; of=3');
    return text;
  };

  test('has a code from which every instance can tell why, and no reader is in it', async () => {
    const code = codeIn(await stopped(site));
    const expected = {
      article: '/tidewater/four',
      policyVersion: site.gateway.inForce().policy.version,
      rule: 'otherwise',
      reason: 'meter-exhausted',
      audience: 'visitor',
      standing: { meter: 'main', left: 0, of: 3, resetsOn: '2026-12-23' },
    };
    expect(await site.gateway.gate.codes.lookUp(code)).toEqual(expected);
    await site.gateway.gate.codes.flush();
    expect(await other.gateway.gate.codes.lookUp(code)).toEqual(expected);
  });

  test('has one code for readers whose free reads come back on one day, at any instance', async () => {
    const codes = [await stopped(site), await stopped(site, 3_600_000), await stopped(other)].map(codeIn);
    expect(new Set(codes).size).toBe(1);
    expect(codeIn(await stopped(site, dayMs))).not.toBe(codes[0]);
  });

  test('is seen as that reader with its code, of which nothing is remembered', async () => {
    const address = { url: '/tidewater/seen', target: '/tidewater/seen', path: '/tidewater/seen' };
    const { gate, inForce } = site.gateway;
    const seen = await gate.seeAs({
      address,
      reader: { kind: 'visitor', reads: 3 },
      rules: inForce(),
      now: noon,
    });
    const code = codeIn(seen.kind === 'page' ? seen.body.toString() : '');
    expect(code).not.toBe('');
    expect(await gate.codes.lookUp(code)).toBeUndefined();
  });

  test('says it in plain words where the page may hold no style', async () => {
    origin.on('/tidewater/fast/amp', sendHtml(articlePage('fast').replace('<html', '<html amp')));
    const reader = site.reader();
    for (const slug of ['one', 'two', 'three']) await reader.ask(`/tidewater/${slug}`);
    expect((await reader.ask('/tidewater/fast/amp')).text).toMatch(/<small>Reference [\w-]+<\/small>/);
  });
});
