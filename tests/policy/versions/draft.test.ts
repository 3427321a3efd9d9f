import { describe, expect, test } from '@jest/globals';
import type { Desk } from '../../../src/policy/versions/desk.ts';
import { discardDraft, saveDraft } from '../../../src/policy/versions/draft.ts';
import { publishDraft } from '../../../src/policy/versions/publish.ts';
import { anna, ben, check, deskAfter, faultyText, named, noon, startedDesk } from './desks.ts';

const save = (desk: Desk, text: string, author = anna, revision = desk.draft.revision) =>
  saveDraft(desk, { text, basedOn: 1, revision, author }, noon);

describe('saving the draft', () => {
  test('by whoever has read it last keeps it, with who changed it and when', () => {
    const { answer, step } = save(startedDesk(), named('Draft'));
    const draft = { text: named('Draft'), basedOn: 1, author: anna, changedAt: noon };
    expect(answer).toMatchObject({ kind: 'saved', draft });
    expect(step?.desk.draft).toMatchObject({ kind: 'draft', ...draft });
    expect(step?.published).toBeUndefined();
  });

  test('by whoever has read an earlier one is refused, and tells who changed it and what it is now', () => {
    const desk = startedDesk();
    const bens = deskAfter(desk, save(desk, named('Ben'), ben));
    const { answer, step } = save(bens, named('Anna'), anna, desk.draft.revision);
    expect(answer).toMatchObject({
      kind: 'conflict',
      now: { kind: 'draft', author: ben, text: named('Ben'), changedAt: noon },
    });
    expect(step).toBeUndefined();
  });

  test('over a draft that was published in the meantime is refused, and tells that it was', () => {
    const desk = startedDesk();
    const drafted = deskAfter(desk, save(desk, named('Ben'), ben));
    const { revision } = drafted.draft;
    const published = deskAfter(
      drafted,
      publishDraft(drafted, { author: ben, note: '', revision }, check, noon),
    );
    expect(save(published, named('Anna'), anna, revision).answer).toMatchObject({
      kind: 'conflict',
      now: { kind: 'none', ended: { how: 'published', author: ben } },
    });
  });

  test('once more with the same text, as after a lost answer, is no conflict and changes nothing', () => {
    const desk = startedDesk();
    const saved = save(desk, named('Anna'));
    const again = save(deskAfter(desk, saved), named('Anna'), anna, desk.draft.revision);
    expect(again).toEqual({ answer: saved.answer });
  });

  test('takes a text with faults, and an empty one', () => {
    for (const text of [faultyText, '', '\u0000\ud800'])
      expect(save(startedDesk(), text).answer).toMatchObject({ kind: 'saved', draft: { text } });
  });

  test('takes a mebibyte and not a byte more, whatever the letters', () => {
    const most = 1024 * 1024;
    expect(save(startedDesk(), 'é'.repeat(most / 2)).answer.kind).toBe('saved');
    expect(save(startedDesk(), `${'é'.repeat(most / 2)}a`)).toEqual({
      answer: { kind: 'too-long', what: 'text', most },
    });
  });

  test('made from a version that doesn’t exist is refused', () => {
    const desk = startedDesk();
    for (const basedOn of [2, -1, 0.5, Number.NaN])
      expect(saveDraft(desk, { text: '', basedOn, revision: 0, author: anna }, noon)).toEqual({
        answer: { kind: 'unknown-version', number: basedOn },
      });
  });
});

describe('discarding the draft', () => {
  test('needs the one that was read, and an editor of the discarded one is told', () => {
    const desk = startedDesk();
    const drafted = deskAfter(desk, save(desk, named('Anna')));
    const { revision } = drafted.draft;
    expect(discardDraft(drafted, { revision: 0, author: ben }, noon).answer).toMatchObject({
      kind: 'conflict',
      now: { text: named('Anna') },
    });
    const gone = deskAfter(drafted, discardDraft(drafted, { revision, author: ben }, noon));
    expect(save(gone, named('More'), anna, revision).answer).toMatchObject({
      kind: 'conflict',
      now: { kind: 'none', ended: { how: 'discarded', author: ben, at: noon } },
    });
    expect(discardDraft(gone, { revision: gone.draft.revision, author: ben }, noon).answer.kind).toBe(
      'conflict',
    );
  });
});
