/** Figures of metered limits: what a form reads is what it shows, and no reader is lost between bars. */
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { meterAsTyped, readMeterForm } from '../../../src/console/limits/meter-form.ts';
import { readerBars } from '../../../src/console/limits/reader-bars.ts';
import type { DistributionLine } from '../../../src/insight/distribution.ts';
import { applyEdit } from '../../../src/policy/edit/apply-edit.ts';
import { loadPolicy } from '../../../src/policy/load-policy.ts';
import type { Meter, MeterId, WindowRule } from '../../../src/policy/policy.ts';

const windows: fc.Arbitrary<WindowRule> = fc.oneof(
  fc.constantFrom<WindowRule>({ kind: 'day' }, { kind: 'week' }, { kind: 'month' }),
  fc.integer({ min: 1, max: 366 }).map((days): WindowRule => ({ kind: 'rolling', days })),
);

const meters: fc.Arbitrary<Meter> = fc
  .record({
    window: windows,
    visitor: fc.nat(100_000),
    registered: fc.nat(100_000),
    networkAllowance: fc.option(fc.integer({ min: 1, max: 10_000_000 }), { nil: undefined }),
    on: fc.boolean(),
  })
  .map(({ window, visitor, registered, networkAllowance, on }) => ({
    id: 'main' as MeterId,
    on,
    window,
    allowance: { visitor, registered },
    ...(networkAllowance === undefined ? {} : { networkAllowance }),
  }));

test('a form that is sent as it was shown changes nothing', () => {
  fc.assert(
    fc.property(meters, (meter) => {
      expect(readMeterForm(meterAsTyped(meter), meter)).toEqual({ kind: 'ok', fields: {} });
    }),
  );
});

test('whatever limit was there, the draft has the one that was typed', () => {
  fc.assert(
    fc.property(meters, meters, (before, wanted) => {
      const first = edited('site: { name: Test }', readMeterForm(meterAsTyped(before)));
      const [now] = policyOf(first).meters;
      expect(now).toEqual(before);
      const second = edited(first, readMeterForm(meterAsTyped(wanted), now));
      expect(policyOf(second).meters).toEqual([wanted]);
    }),
  );
});

test('every reader stands in one bar, at as many free reads as are left', () => {
  const lines = fc.integer({ min: 1, max: 100_000 }).chain((of) =>
    fc.uniqueArray(fc.nat(of - 1), { minLength: 1, maxLength: 30 }).chain((lefts) =>
      fc.tuple(
        ...lefts.map((left) =>
          fc.record({
            of: fc.constant(of),
            left: fc.constant(left),
            readers: fc.integer({ min: 1, max: 9999 }),
          }),
        ),
      ),
    ),
  );
  fc.assert(
    fc.property(lines, (some) => {
      const all = some.map((line): DistributionLine => ({ audience: 'visitor', ...line }));
      const [table] = readerBars(all);
      const bars = table?.bars ?? [];
      expect(bars.length).toBeLessThanOrEqual(13);
      const spans = bars.map(({ left, readers }) => {
        const [from = 0, to = from] = left.split(' to ').map((text) => Number(text.replaceAll(',', '')));
        return { from, to, readers };
      });
      expect(spans.at(0)?.from).toBe(0);
      expect(spans.at(-1)?.to).toBe(table ? table.of - 1 : 0);
      for (const [place, { from, to, readers }] of spans.entries()) {
        if (place > 0) expect(from).toBe((spans[place - 1]?.to ?? 0) + 1);
        const inside = all.filter(({ left }) => from <= left && left <= to);
        expect(readers).toBe(inside.reduce((sum, line) => sum + line.readers, 0));
      }
    }),
  );
});

const edited = (text: string, read: ReturnType<typeof readMeterForm>): string => {
  if (read.kind === 'faulty') throw new Error(JSON.stringify(read.faults));
  const outcome = applyEdit(text, { kind: 'set-meter', id: 'main', set: read.fields });
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.refusal));
  return outcome.text;
};

const policyOf = (text: string) => {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (loaded.kind !== 'ok') throw new Error(JSON.stringify(loaded.faults));
  return loaded.policy;
};
