/** Any sequence of asks and merges, put to a store and to the model: their answers must be the same. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { MeterAsk, MeterStore, MeterSubject } from '../../../src/meter/meter-store.ts';
import { article, askOf, dayMs, noon } from './meter-asks.ts';
import { admitted, countedBy, emptyModel, type Model, merged } from './meter-model.ts';

export const followsModel = (meters: MeterStore): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.uuid(), fc.array(step, { maxLength: 40, size: 'max' }), (run, steps) =>
      followModel(meters, run, steps),
    ),
    { numRuns: 60 },
  );

const rule = fc.constantFrom(
  { kind: 'day' } as const,
  { kind: 'month' } as const,
  { kind: 'rolling', days: 2 } as const,
);

const step = fc.record({
  what: fc.constantFrom('admit', 'admit', 'admit', 'merge'),
  who: fc.nat(1),
  network: fc.constantFrom(0, 0, 0, 1),
  article: fc.nat(2),
  rule,
  allowance: fc.constantFrom(0, 1, 2, 3, 3, 3),
  networkAllowance: fc.constantFrom(undefined, undefined, 0, 1, 2),
  charge: fc.constantFrom(true, true, true, false),
  /** Clocks of two instances may differ a little, so time steps back too. */
  passes: fc.constantFrom(0, 1, 7, 1000, -500, dayMs / 10, dayMs / 4, dayMs),
});

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function followModel(meters: MeterStore, run: string, steps: readonly Step[]): Promise<void> {
  let model: Model = emptyModel;
  let now = noon;
  for (const one of steps) {
    now += one.passes;
    const slot = `${run}-${one.network}`;
    const who = { slot, subject: `v:${slot}.${one.who}` as MeterSubject };
    const { allowance, charge } = one;
    const network = one.networkAllowance === undefined ? {} : { networkAllowance: one.networkAllowance };
    const ask = askOf({
      ...who,
      ...network,
      allowance,
      charge,
      rule: one.rule,
      article: article(one.article),
      now,
    });
    if (one.what === 'merge') {
      const into = { slot: run, subject: `r:${run}` as MeterSubject };
      await meters.merge(who, into, ask.meter, ask.window, now);
      model = merged(model, ask, into.subject);
      await expectSameReads(meters, model, { ...ask, ...into });
    } else {
      const expected = admitted(model, ask);
      model = expected.model;
      expect(await meters.admit(ask)).toEqual(expected.reading);
      await expectSameReads(meters, model, ask);
    }
  }
}

async function expectSameReads(meters: MeterStore, model: Model, place: MeterAsk): Promise<void> {
  const expected = countedBy(model, place).map(({ article, readAt }) => ({ article, readAt }));
  expect(await meters.reads(place)).toEqual(expected);
}
