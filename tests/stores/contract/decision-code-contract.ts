/** What every store guarantees of the codes that stand on prompts. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CodedDecision, DecisionCode } from '../../../src/gate/decision-code.ts';
import type { DecisionCodeStore } from '../../../src/gate/decision-code-store.ts';
import { codeKeptMs, maxCodes } from '../../../src/stores/decision-code-schema.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const codeNamed = (name: string | number): DecisionCode => `code-${name}` as DecisionCode;

const factsOf = (article: string, facts: Partial<CodedDecision> = {}): CodedDecision => ({
  article: article as never,
  policyVersion: 'v1' as never,
  rule: 'otherwise',
  reason: 'locked',
  audience: 'visitor',
  ...facts,
});

export function decisionCodeContract(name: string, store: () => StoreUnderTest): void {
  describe(`codes of decisions in ${name}`, () => {
    const instances = instancesOf(store);
    let codes: DecisionCodeStore;
    let elsewhere: DecisionCodeStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      codes = one.decisionCodes;
      elsewhere = other.decisionCodes;
    });
    afterAll(instances.closeAll);

    test('what one instance put, another looks up, with its standing', async () => {
      const standing = { meter: 'main' as never, left: 0, of: 3, resetsOn: '2026-12-01' };
      const stopped = factsOf('/a', { reason: 'meter-exhausted', audience: 'registered', standing });
      await codes.putCodes(
        [
          { code: codeNamed('a'), facts: stopped },
          { code: codeNamed('b'), facts: factsOf('/b') },
        ],
        noon,
      );
      expect(await elsewhere.codeFacts(codeNamed('a'), noon)).toEqual(stopped);
      expect(await elsewhere.codeFacts(codeNamed('b'), noon)).toEqual(factsOf('/b'));
      expect(await codes.codeFacts(codeNamed('never'), noon)).toBeUndefined();
      await codes.putCodes([], noon);
    });

    test('a code is kept for 30 days from when it was last put', async () => {
      const code = codeNamed('kept');
      const kept = [{ code, facts: factsOf('/kept') }];
      await codes.putCodes(kept, noon);
      expect(await codes.codeFacts(code, noon + codeKeptMs - 1)).toEqual(factsOf('/kept'));
      expect(await codes.codeFacts(code, noon + codeKeptMs)).toBeUndefined();
      await elsewhere.putCodes(kept, noon + 1000);
      expect(await codes.codeFacts(code, noon + codeKeptMs)).toEqual(factsOf('/kept'));
    });

    test('codes put at once by two instances are all there', async () => {
      const many = Array.from({ length: 200 }, (_, n) => ({
        code: codeNamed(`both-${n % 150}`),
        facts: factsOf(`/${n % 150}`),
      }));
      await Promise.all(many.map((one, n) => (n % 2 ? codes : elsewhere).putCodes([one], noon)));
      for (const { code, facts } of many) expect(await codes.codeFacts(code, noon)).toEqual(facts);
    });

    test('of more codes than there is room for, those put longest ago give way', async () => {
      const later = noon + 5000;
      for (let from = 0; from < maxCodes; from += 2000)
        await codes.putCodes(
          Array.from({ length: 2000 }, (_, n) => ({
            code: codeNamed(`many-${from + n}`),
            facts: factsOf('/m'),
          })),
          later,
        );
      expect(await codes.codeFacts(codeNamed('a'), later)).toBeUndefined();
      expect(await codes.codeFacts(codeNamed('many-0'), later)).toEqual(factsOf('/m'));
      await codes.putCodes([{ code: codeNamed('last'), facts: factsOf('/last') }], later + 1);
      expect(await codes.codeFacts(codeNamed('last'), later + 1)).toEqual(factsOf('/last'));
    });
  });
}
