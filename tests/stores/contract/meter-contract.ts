/** What every meter store guarantees, one ask after another. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MeterAsk, MeterReading, MeterStore, MeterSubject } from '../../../src/meter/meter-store.ts';
import type { MeterId } from '../../../src/policy/policy.ts';
import { followsModel } from './follows-model.ts';
import { article, askOf, dayMs, freshSubject, noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

export function meterContract(name: string, store: () => StoreUnderTest): void {
  describe(`free reads in ${name}`, () => {
    const instances = instancesOf(store);
    let meters: MeterStore;
    beforeAll(async () => {
      meters = (await instances.open()).meters;
    });
    afterAll(instances.closeAll);

    const admitEach = async (asks: readonly MeterAsk[]): Promise<MeterReading[]> => {
      const readings: MeterReading[] = [];
      for (const ask of asks) readings.push(await meters.admit(ask));
      return readings;
    };

    test('the allowance is charged article by article, then it is exhausted', async () => {
      const who = freshSubject();
      const readings = await admitEach([1, 2, 3, 4].map((n) => askOf({ ...who, article: article(n) })));
      const end = Date.parse('2026-12-01T00:00:00+01:00');
      expect(readings).toEqual([
        { outcome: 'charged', used: 1, resetsAt: end },
        { outcome: 'charged', used: 2, resetsAt: end },
        { outcome: 'charged', used: 3, resetsAt: end },
        { outcome: 'exhausted', used: 3, resetsAt: end },
      ]);
    });

    test('rereading a counted article costs no free read, even when none is left', async () => {
      const who = freshSubject();
      await admitEach([1, 2, 3].map((n) => askOf({ ...who, article: article(n) })));
      const again = await meters.admit(askOf({ ...who, article: article(1) }));
      const lowered = await meters.admit(askOf({ ...who, article: article(1), allowance: 1 }));
      expect([again.outcome, again.used, lowered.outcome]).toEqual(['known', 3, 'known']);
    });

    test('looking charges nothing and tells what reading would bring', async () => {
      const who = freshSubject();
      const look = { ...who, charge: false, allowance: 1 };
      const before = await meters.admit(askOf(look));
      const charged = await meters.admit(askOf({ ...look, charge: true }));
      const after = await meters.admit(askOf({ ...look, article: article('another') }));
      expect([before.outcome, before.used]).toEqual(['available', 0]);
      expect([charged.outcome, after.outcome, after.used]).toEqual(['charged', 'exhausted', 1]);
    });

    test('an allowance of none is exhausted from the start', async () => {
      const reading = await meters.admit(askOf({ allowance: 0 }));
      expect([reading.outcome, reading.used]).toEqual(['exhausted', 0]);
    });

    test('a new calendar window starts afresh at its first moment, and not a moment before', async () => {
      const who = freshSubject();
      const midnight = Date.parse('2026-12-01T00:00:00+01:00');
      await meters.admit(askOf({ ...who, allowance: 1 }));
      const last = await meters.admit(
        askOf({ ...who, allowance: 1, article: article(2), now: midnight - 1 }),
      );
      const first = await meters.admit(askOf({ ...who, allowance: 1, article: article(2), now: midnight }));
      expect([last.outcome, first.outcome]).toEqual(['exhausted', 'charged']);
    });

    test('a rolling read comes back exactly its length after it was made', async () => {
      const who = freshSubject();
      const rule = { kind: 'rolling', days: 7 } as const;
      const ask = (n: number, now: number): MeterAsk =>
        askOf({ ...who, rule, allowance: 1, article: article(n), now });
      const readings = await admitEach([
        ask(1, noon),
        ask(2, noon + 7 * dayMs - 1),
        ask(2, noon + 7 * dayMs),
      ]);
      expect(readings).toEqual([
        { outcome: 'charged', used: 1, resetsAt: noon + 7 * dayMs },
        { outcome: 'exhausted', used: 1, resetsAt: noon + 7 * dayMs },
        { outcome: 'charged', used: 1, resetsAt: noon + 14 * dayMs },
      ]);
    });

    test('meters are counted apart', async () => {
      const who = freshSubject();
      const readings = await admitEach(
        ['news', 'essays'].map((meter) => askOf({ ...who, meter: meter as MeterId, allowance: 1 })),
      );
      expect(readings.map((reading) => reading.used)).toEqual([1, 1]);
    });

    test('a network’s allowance counts visitors, not their reads', async () => {
      const { slot } = freshSubject();
      const visitor = (n: number, name: string): MeterAsk =>
        askOf({
          slot,
          subject: `v:${slot}.${n}` as MeterSubject,
          article: article(name),
          networkAllowance: 2,
        });
      const readings = await admitEach([
        visitor(1, 'a'),
        visitor(1, 'b'),
        visitor(2, 'a'),
        visitor(3, 'a'),
        visitor(1, 'c'),
      ]);
      expect(readings.map((reading) => reading.outcome)).toEqual([
        'charged',
        'charged',
        'charged',
        'network-exhausted',
        'charged',
      ]);
    });

    test('what was counted can be listed, oldest first', async () => {
      const who = freshSubject();
      await admitEach([2, 1, 3].map((n, index) => askOf({ ...who, article: article(n), now: noon + index })));
      expect(await meters.reads(askOf(who))).toEqual([
        { article: article(2), readAt: noon },
        { article: article(1), readAt: noon + 1 },
        { article: article(3), readAt: noon + 2 },
      ]);
    });

    test('registering merges the visitor’s reads, and merging twice changes nothing', async () => {
      const [visitor, reader] = [freshSubject(), freshSubject()];
      await admitEach([
        askOf({ ...visitor, article: article(1), now: noon }),
        askOf({ ...visitor, article: article(2), now: noon + 1 }),
        askOf({ ...reader, article: article(2), now: noon + 5 }),
        askOf({ ...reader, article: article(3), now: noon + 6 }),
      ]);
      const ask = askOf(reader);
      for (let i = 0; i < 2; i += 1) await meters.merge(visitor, reader, ask.meter, ask.window, noon + 7);
      expect(await meters.reads(ask)).toEqual([
        { article: article(1), readAt: noon },
        { article: article(2), readAt: noon + 1 },
        { article: article(3), readAt: noon + 6 },
      ]);
      expect(await meters.admit(askOf({ ...reader, article: article(4) }))).toMatchObject({
        outcome: 'exhausted',
        used: 3,
      });
    });

    test('a subject’s reads are forgotten on request, in every meter and window, and nobody else’s', async () => {
      const [gone, kept] = [freshSubject(), freshSubject()];
      const rules = [
        { kind: 'day' },
        { kind: 'week' },
        { kind: 'month' },
        { kind: 'rolling', days: 30 },
      ] as const;
      const asksOf = (who: typeof gone): MeterAsk[] =>
        ['monthly', 'other'].flatMap((meter) =>
          rules.flatMap((rule) =>
            [noon, noon + dayMs].map((now) => askOf({ ...who, meter: meter as MeterId, rule, now })),
          ),
        );
      await admitEach([...asksOf(gone), ...asksOf(kept)]);
      const left = async (who: typeof gone): Promise<number> =>
        (await Promise.all(asksOf(who).map((ask) => meters.reads(ask)))).flat().length;
      expect(await left(gone)).toBe(asksOf(gone).length);
      await meters.forget(gone);
      expect(await left(gone)).toBe(0);
      expect(await left(kept)).toBe(asksOf(kept).length);
    });

    test('names with any character in them stay apart', async () => {
      const odd = ['', '{}', '}', '{a}b', 'a:b', '*', '[x]', '\\', 'ä', '💡', "'; DROP TABLE reads"];
      const subjects = odd.map((slot) => ({
        slot: `${freshSubject().slot}${slot}`,
        subject: `v:${slot}` as MeterSubject,
      }));
      for (const who of subjects) {
        const reading = await meters.admit(
          askOf({ ...who, article: article(who.slot), meter: who.slot as MeterId }),
        );
        expect(reading).toMatchObject({ outcome: 'charged', used: 1 });
      }
      for (const who of subjects) await meters.forget(who);
      for (const who of subjects)
        expect(await meters.reads(askOf({ ...who, meter: who.slot as MeterId }))).toEqual([]);
    });

    test('any sequence of asks and merges, as time moves, gets the model’s answers', () =>
      followsModel(meters));
  });
}
