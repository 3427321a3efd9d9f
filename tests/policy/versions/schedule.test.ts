import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { changeDesk } from '../../../src/policy/versions/change-desk.ts';
import { type Desk, emptyDesk, headOf } from '../../../src/policy/versions/desk.ts';
import { saveDraft } from '../../../src/policy/versions/draft.ts';
import { importFile } from '../../../src/policy/versions/file-wins.ts';
import { type DraftOrder, publishDraft, rollBack } from '../../../src/policy/versions/publish.ts';
import { cancelScheduled, publishDue } from '../../../src/policy/versions/schedule.ts';
import type { VersionStore } from '../../../src/policy/versions/version-store.ts';
import {
  anna,
  ben,
  check,
  deskAfter,
  faultyText,
  fileText,
  named,
  noon,
  startedDesk,
  storeInMemory,
} from './desks.ts';

const schedule = (desk: Desk, text: string, order: Partial<DraftOrder> & { at: number }): Desk => {
  const basedOn = desk.newest?.number ?? 0;
  const { revision } = desk.draft;
  const draft = deskAfter(desk, saveDraft(desk, { text, basedOn, revision, author: anna }, noon));
  const full = { revision: draft.draft.revision, author: anna, note: 'Later', ...order };
  return deskAfter(draft, publishDraft(draft, full, check, noon));
};

const tomorrow = noon + 86_400_000;
const scheduled = (order: Partial<DraftOrder> = {}): Desk =>
  schedule(startedDesk(), named('Tomorrow'), { at: tomorrow, ...order });

const overtake = (desk: Desk): Desk => deskAfter(desk, importFile(desk, fileText(named('Overtaking')), noon));

describe('what is scheduled', () => {
  test('is published from its time on and not before, with who ordered it, when, and why', () => {
    const desk = scheduled();
    expect(publishDue(desk, check, tomorrow - 1)).toEqual({ answer: { kind: 'none' } });
    const { answer, step } = publishDue(desk, check, tomorrow + 3);
    const facts = {
      number: 2,
      author: anna,
      note: 'Later',
      from: 1,
      createdAt: noon,
      publishedAt: tomorrow + 3,
    };
    expect(answer).toMatchObject({ kind: 'published', version: facts });
    expect(step).toMatchObject({ published: { ...facts, text: named('Tomorrow') }, desk: { scheduled: [] } });
  });

  test('is not published over a version that came in between, and waits to be looked at', () => {
    const { answer, step } = publishDue(overtake(scheduled()), check, tomorrow);
    expect(answer).toMatchObject({ kind: 'held', scheduled: { held: { why: 'overtaken', at: tomorrow } } });
    expect(step?.published).toBeUndefined();
    expect(publishDue(step!.desk, check, tomorrow + 1)).toEqual({ answer: { kind: 'none' } });
    expect(headOf(step!.desk)).not.toHaveProperty('nextDueAt');
  });

  test('is published over whatever came in between where it was told to', () => {
    expect(
      publishDue(overtake(scheduled({ regardless: true })), check, tomorrow).step?.published,
    ).toMatchObject({
      ...{ number: 3, text: named('Tomorrow'), from: 1 },
    });
  });

  test('is held when the Gatefold of that day can’t use it', () => {
    const newer = () => check(faultyText);
    expect(publishDue(scheduled(), newer, tomorrow).answer).toMatchObject({
      kind: 'held',
      scheduled: { held: { why: 'faulty' } },
    });
  });

  test('goes back to the draft when it is cancelled, where there is none', () => {
    const desk = scheduled();
    const [{ id } = { id: '' }] = desk.scheduled;
    const { answer, step } = cancelScheduled(desk, { id, author: ben }, noon + 1);
    expect(answer).toMatchObject({ kind: 'cancelled', draft: 'restored' });
    expect(step?.desk).toMatchObject({
      draft: { kind: 'draft', text: named('Tomorrow'), basedOn: 1, author: ben },
      scheduled: [],
    });
    expect(publishDue(step!.desk, check, tomorrow)).toEqual({ answer: { kind: 'none' } });
    expect(cancelScheduled(step!.desk, { id, author: ben }, noon + 2)).toEqual({
      answer: { kind: 'unknown' },
    });
  });

  test('leaves another draft alone when it is cancelled', () => {
    const desk = scheduled();
    const [{ id } = { id: '' }] = desk.scheduled;
    const { revision } = desk.draft;
    const busy = deskAfter(desk, saveDraft(desk, { text: 'new', basedOn: 1, revision, author: ben }, noon));
    const { answer, step } = cancelScheduled(busy, { id, author: ben }, noon);
    expect(answer).toMatchObject({ draft: 'kept', scheduled: { text: named('Tomorrow') } });
    expect(step?.desk.draft).toEqual(busy.draft);
  });

  test('a cancelled rollback leaves no draft: its text is a version’s', () => {
    const desk = overtake(startedDesk());
    const to = { number: 1, text: named('First') };
    const ordered = rollBack(desk, { to, instead: 2, author: anna, note: '', at: tomorrow }, check, noon);
    const [{ id } = { id: '' }] = deskAfter(desk, ordered).scheduled;
    expect(cancelScheduled(deskAfter(desk, ordered), { id, author: ben }, noon).step?.desk.draft.kind).toBe(
      'none',
    );
  });
});

test('whatever is scheduled and cancelled, each is published once, at the first look from its time on, or held', () => {
  const orders = fc.array(
    fc.record({ inMs: fc.integer({ min: 1, max: 50 }), regardless: fc.boolean(), cancelledAt: fc.nat(60) }),
    { minLength: 1, maxLength: 8 },
  );
  const looks = fc.array(fc.nat(60), { maxLength: 20 });
  fc.assert(
    fc.property(orders, looks, (wanted, lookedAt) => {
      let desk = startedDesk();
      for (const [n, { inMs, regardless }] of wanted.entries())
        desk = schedule(desk, named(`N${n}`), { at: noon + inMs, regardless });
      const all = desk.scheduled;
      const cancels = new Map(
        all.map(({ id, text }) => [id, wanted[Number(/N(\d)/.exec(text)?.[1])]?.cancelledAt]),
      );
      const published = new Map<string, number>();
      const numbers: number[] = [];
      const held = new Map<string, number>();
      for (let at = 0; at <= 61; at += 1) {
        for (const [id, cancelledAt] of cancels)
          if (cancelledAt === at)
            desk = deskAfter(desk, cancelScheduled(desk, { id, author: ben }, noon + at));
        // The last look comes after everything was due.
        for (const _ of at === 61 ? [at] : lookedAt.filter((look) => look === at))
          for (;;) {
            const { answer, step } = publishDue(desk, check, noon + at);
            if (step === undefined) break;
            expect(step.desk.revision).toBe(desk.revision + 1);
            desk = step.desk;
            if (answer.kind === 'held') held.set(answer.scheduled.text, at);
            if (answer.kind !== 'published') continue;
            expect(published.has(step.published!.text)).toBe(false);
            published.set(step.published!.text, at);
            numbers.push(answer.version.number);
          }
      }
      expect(numbers).toEqual(numbers.map((_, n) => n + 2));
      for (const { id, text, dueAt, regardless } of all) {
        const due = dueAt - noon;
        const firstLook = Math.min(61, ...lookedAt.filter((look) => look >= due));
        const inTime = (cancels.get(id) ?? 99) <= firstLook;
        const outcome = [published.get(text), held.get(text)];
        if (inTime) expect(outcome).toEqual([undefined, undefined]);
        else if (regardless) expect(outcome).toEqual([firstLook, undefined]);
        else expect(outcome.filter((at) => at !== undefined)).toEqual([firstLook]);
      }
    }),
    { numRuns: 300 },
  );
});

test('however the steps of many instances interleave, one of them publishes what is due, and nobody’s work is lost unseen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 5 }), async (scheduler, instances) => {
      const kept = storeInMemory();
      const store: VersionStore = {
        ...kept,
        desk: scheduler.scheduleFunction(kept.desk),
        change: scheduler.scheduleFunction(kept.change),
      };
      const { scheduled: waiting, newest, file } = scheduled();
      await kept.change({
        desk: { ...emptyDesk, revision: 1, scheduled: waiting, newest: newest!, file: file! },
      });
      const { revision } = (await kept.desk()).draft;
      const work = Array.from({ length: instances }, (_, n) => [
        changeDesk(store, (desk) => publishDue(desk, check, tomorrow)),
        changeDesk(store, (desk) =>
          saveDraft(desk, { text: `N${n}`, basedOn: 1, revision, author: `${n}@example.org` }, noon),
        ),
        changeDesk(store, (desk) => importFile(desk, fileText(named(`File${n}`)), noon)),
      ]).flat();
      await scheduler.waitAll();
      const answers = await Promise.all(work);
      const saved = answers.filter(({ kind }) => kind === 'saved');
      const [first] = saved;
      // Whoever is slower than a version that came into force meanwhile has not seen it.
      expect(saved.length).toBe((await kept.desk()).draft.kind === 'draft' ? 1 : 0);
      const now = first && 'draft' in first ? first.draft : { kind: 'none' };
      for (const answer of answers) if (answer.kind === 'conflict') expect(answer.now).toMatchObject(now);
      const numbers = kept.versions.map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, n) => n + 2));
      const texts = kept.versions.map(({ text }) => text);
      expect(texts.filter((text) => text === named('Tomorrow')).length).toBeLessThanOrEqual(1);
      const { scheduled: left } = await kept.desk();
      expect(texts.includes(named('Tomorrow')) ? left.length : left[0]?.held?.why).toBe(
        texts.includes(named('Tomorrow')) ? 0 : 'overtaken',
      );
      expect(texts.filter((text) => text.includes('File'))).toHaveLength(instances);
    }),
    { numRuns: 100 },
  );
});

test('an empty desk has nothing due', () => {
  expect(publishDue(emptyDesk, check, tomorrow)).toEqual({ answer: { kind: 'none' } });
  expect(headOf(emptyDesk)).toEqual({});
});
