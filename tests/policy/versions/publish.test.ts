import { describe, expect, test } from '@jest/globals';
import type { Desk } from '../../../src/policy/versions/desk.ts';
import { saveDraft } from '../../../src/policy/versions/draft.ts';
import { importFile } from '../../../src/policy/versions/file-wins.ts';
import { type DraftOrder, publishDraft, rollBack } from '../../../src/policy/versions/publish.ts';
import { keptVersions, longestNote, mostScheduled } from '../../../src/policy/versions/version.ts';
import {
  anna,
  ben,
  check,
  deskAfter,
  faultyText,
  fileText,
  hashOf,
  named,
  noon,
  startedDesk,
} from './desks.ts';

const later = noon + 3_600_000;

const drafted = (text: string, desk: Desk = startedDesk()): Desk => {
  const basedOn = desk.newest?.number ?? 0;
  return deskAfter(
    desk,
    saveDraft(desk, { text, basedOn, revision: desk.draft.revision, author: anna }, noon),
  );
};

const publish = (desk: Desk, order: Partial<DraftOrder> = {}, now = later) =>
  publishDraft(desk, { revision: desk.draft.revision, author: ben, note: 'Why', ...order }, check, now);

const first = { number: 1, text: named('First') };

describe('publishing the draft', () => {
  test('makes the next version of it, and ends the draft', () => {
    const text = `# as written\n${named('Second')}`;
    const { answer, step } = publish(drafted(text));
    const version = {
      ...{ number: 2, version: hashOf(text), author: ben, note: 'Why', from: 1, made: 'edited' },
      ...{ createdAt: later, publishedAt: later },
    };
    expect(answer).toEqual({ kind: 'published', version });
    expect(step?.published).toEqual({ ...version, text });
    expect(step?.desk).toMatchObject({
      newest: version,
      draft: { kind: 'none', ended: { how: 'published', author: ben, at: later } },
    });
  });

  test('is refused when the draft isn’t the one that was looked at, or there is none', () => {
    const desk = drafted(named('Second'));
    const changed = drafted(named('Third'), desk);
    expect(publish(changed, { revision: desk.draft.revision }).answer).toMatchObject({
      kind: 'conflict',
      now: { text: named('Third'), author: anna },
    });
    expect(publish(startedDesk()).answer).toMatchObject({ kind: 'conflict', now: { kind: 'none' } });
  });

  test('is refused over a version that its author hadn’t seen, unless told to', () => {
    const desk = drafted(named('Mine'));
    const overtaken = deskAfter(desk, importFile(desk, fileText(named('File')), noon + 1));
    expect(publish(overtaken)).toEqual({
      answer: {
        kind: 'overtaken',
        basedOn: 1,
        newest: expect.objectContaining({ number: 2, author: 'file' }),
      },
    });
    expect(publish(overtaken, { regardless: true }).step?.published).toMatchObject({
      ...{ number: 3, text: named('Mine'), from: 1 },
    });
  });

  test('is refused with every fault where the text has faults, now and for later, and the draft stays', () => {
    for (const order of [{}, { at: later + 1 }]) {
      const { answer, step } = publish(drafted(faultyText), order);
      expect(answer).toMatchObject({
        kind: 'faulty',
        faults: [
          { line: 1, path: 'site.nmae', code: 'unknown-key' },
          { line: 2, path: 'rules', code: 'wrong-type' },
        ],
      });
      expect(step).toBeUndefined();
    }
  });

  test('makes no version of what is in force already', () => {
    expect(publish(drafted(named('First')))).toMatchObject({
      answer: { kind: 'unchanged', newest: { number: 1 } },
    });
    const commented = `# why\n${named('First')}`;
    expect(publish(drafted(commented)).step?.published).toMatchObject({
      number: 2,
      version: hashOf(commented),
    });
  });

  test('takes a note of its length and no longer', () => {
    expect(publish(drafted(named('A')), { note: 'x'.repeat(longestNote) }).answer.kind).toBe('published');
    expect(publish(drafted(named('A')), { note: 'x'.repeat(longestNote + 1) })).toEqual({
      answer: { kind: 'too-long', what: 'note', most: longestNote },
    });
  });

  test('for later changes nothing that is in force, and frees the draft', () => {
    const { answer, step } = publish(drafted(named('Second')), { at: later + 1 });
    expect(answer).toMatchObject({
      kind: 'scheduled',
      scheduled: { dueAt: later + 1, author: ben, note: 'Why' },
    });
    expect(step?.published).toBeUndefined();
    expect(step?.desk).toMatchObject({
      newest: { number: 1 },
      draft: { kind: 'none', ended: { how: 'scheduled' } },
      scheduled: [{ text: named('Second'), basedOn: 1, createdAt: later }],
    });
  });

  test('for a moment that has come is publishing now', () => {
    for (const at of [later, later - 1, 0])
      expect(publish(drafted(named('B')), { at }).answer.kind).toBe('published');
  });

  test('for a time that is none publishes nothing', () => {
    expect(publish(drafted(named('B')), { at: Number.NaN }).answer.kind).not.toBe('published');
  });

  test('is scheduled so many times and no more, in the order in which they are due', () => {
    let desk = startedDesk();
    for (let n = 0; n < mostScheduled; n += 1)
      desk = deskAfter(desk, publish(drafted(named(`N${n}`), desk), { at: later + 1 + ((n * 7) % 5) }));
    expect(desk.scheduled).toHaveLength(mostScheduled);
    const due = desk.scheduled.map(({ dueAt }) => dueAt);
    expect(due).toEqual(due.toSorted());
    expect(publish(drafted(named('One more'), desk), { at: later + 1 }).answer).toEqual({
      kind: 'too-many-scheduled',
      most: mostScheduled,
    });
  });

  test('drops the version that is one too many', () => {
    const desk = drafted(named('Next'));
    const many = (number: number): Desk => ({
      ...desk,
      newest: { ...desk.newest!, number },
      draft: { ...desk.draft, basedOn: number } as Desk['draft'],
    });
    expect(publish(many(keptVersions - 1)).step?.dropped).toBeUndefined();
    expect(publish(many(keptVersions)).step?.dropped).toBe(1);
    expect(publish(many(keptVersions + 41)).step?.dropped).toBe(42);
  });
});

describe('rolling back', () => {
  const second = (): Desk => deskAfter(startedDesk(), publish(drafted(named('Second'))));
  const order = { to: first, instead: 2, author: anna, note: 'Back' };

  test('publishes the earlier text as a new version, and leaves the draft alone', () => {
    const desk = drafted(named('Unfinished'), second());
    const { answer, step } = rollBack(desk, order, check, later + 1);
    expect(answer).toMatchObject({ kind: 'published', version: { number: 3, from: 1, made: 'rolled-back' } });
    expect(step?.published?.text).toBe(named('First'));
    expect(step?.desk.draft).toEqual(desk.draft);
    expect(publish(deskAfter(desk, { answer, ...(step && { step }) })).answer).toMatchObject({
      kind: 'overtaken',
      basedOn: 2,
    });
  });

  test('is refused when another version came into force than the one it was decided against, unless told to', () => {
    const other = { ...order, instead: 1 };
    expect(rollBack(second(), other, check, later).answer).toMatchObject({
      kind: 'overtaken',
      newest: { number: 2 },
    });
    expect(rollBack(second(), { ...other, regardless: true }, check, later).answer.kind).toBe('published');
  });

  test('to what is in force makes no version', () => {
    const to = { number: 2, text: named('Second') };
    expect(rollBack(second(), { ...order, to }, check, later).answer.kind).toBe('unchanged');
  });

  test('to a text that this Gatefold can’t use is refused with its faults', () => {
    expect(
      rollBack(second(), { ...order, to: { number: 1, text: faultyText } }, check, later).answer,
    ).toMatchObject({
      kind: 'faulty',
      faults: [{ line: 1 }, { line: 2 }],
    });
  });

  test('at a time leaves the draft alone too', () => {
    const desk = drafted(named('Unfinished'), second());
    const { step } = rollBack(desk, { ...order, at: later + 5 }, check, later);
    expect(step?.desk.scheduled).toMatchObject([
      { made: 'rolled-back', from: 1, basedOn: 2, dueAt: later + 5 },
    ]);
    expect(step?.desk.draft).toEqual(desk.draft);
  });
});
