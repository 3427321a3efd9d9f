/** What every store guarantees of the policy's versions when many change them at once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChangeDesk, changeDesk, changeInOrder } from '../../../src/policy/versions/change-desk.ts';
import { importFile } from '../../../src/policy/versions/file-wins.ts';
import { type PolicyVersions, policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { publishDue } from '../../../src/policy/versions/schedule.ts';
import type { VersionStore } from '../../../src/policy/versions/version-store.ts';
import { check, fileText, named } from '../../policy/versions/desks.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const crowd = 50;
const authorOf = (n: number): string => `${n}@example.org`;

export function versionConcurrencyContract(name: string, store: () => StoreUnderTest): void {
  describe(`policy versions in ${name}, with ${crowd} operators at once`, () => {
    const instances = instancesOf(store);
    let stores: readonly VersionStore[];
    let operators: readonly PolicyVersions[];
    let changes: readonly ChangeDesk[];
    let now = noon;
    beforeAll(async () => {
      const opened = await Promise.all([instances.open(), instances.open(), instances.open()]);
      stores = opened.map(({ versions }) => versions);
      operators = stores.map((one) => policyVersions({ store: one, clock: () => now }));
      changes = stores.map(changeInOrder);
    });
    afterAll(instances.closeAll);

    const storeOf = (n: number): VersionStore => stores[n % stores.length]!;
    const operator = (n: number): PolicyVersions => operators[n % operators.length]!;
    const everyone = <Answer>(work: (versions: PolicyVersions, n: number) => Promise<Answer>) =>
      Promise.all(Array.from({ length: crowd }, (_, n) => work(operator(n), n)));

    const newest = async (): Promise<number> => (await storeOf(0).head()).newest?.number ?? 0;
    /** A draft of that text, whatever was there before. */
    const draftOf = async (text: string): Promise<number> => {
      const { draft } = await operator(0).desk();
      const order = { text, basedOn: await newest(), revision: draft.revision, author: authorOf(0) };
      const saved = await operator(0).saveDraft(order);
      if (saved.kind !== 'saved') throw new Error(saved.kind);
      return saved.draft.revision;
    };

    test('of all who save the draft that they read, one does, and everybody else is told who and what', async () => {
      const revision = await draftOf('begin');
      const basedOn = await newest();
      const answers = await everyone((versions, n) =>
        versions.saveDraft({ text: `by ${n}`, basedOn, revision, author: authorOf(n) }),
      );
      const saved = answers.filter((answer) => answer.kind === 'saved');
      expect(saved).toHaveLength(1);
      const { author, text } = saved[0]!.draft;
      expect(answers.filter(({ kind }) => kind === 'conflict')).toHaveLength(crowd - 1);
      for (const answer of answers)
        if (answer.kind === 'conflict') expect(answer.now).toMatchObject({ kind: 'draft', author, text });
    });

    test('everybody’s line is in the draft once each has read the others’ and added theirs', async () => {
      await draftOf('');
      const rounds = await everyone(async (versions, n) => {
        for (let round = 1; ; round += 1) {
          const { draft } = await versions.desk();
          if (draft.kind === 'none') throw new Error('the draft is gone');
          const order = { ...draft, text: `${draft.text}${n}\n`, author: authorOf(n) };
          if ((await versions.saveDraft(order)).kind === 'saved') return round;
        }
      });
      const { draft } = await operator(0).desk();
      const lines = draft.kind === 'draft' ? draft.text.trim().split('\n').map(Number) : [];
      expect(lines.toSorted((a, b) => a - b)).toEqual(Array.from({ length: crowd }, (_, n) => n));
      expect(Math.max(...rounds)).toBeLessThanOrEqual(crowd);
    });

    test('of all who publish the draft, one does, and everybody else is told who', async () => {
      const revision = await draftOf(named(`Draft-${Math.floor(performance.now())}`));
      const before = await newest();
      const answers = await everyone((versions, n) =>
        versions.publishDraft({ revision, author: authorOf(n), note: '' }),
      );
      const published = answers.filter((answer) => answer.kind === 'published');
      expect(published).toHaveLength(1);
      const { author, number } = published[0]!.version;
      expect(number).toBe(before + 1);
      for (const answer of answers)
        if (answer.kind !== 'published')
          expect(answer).toMatchObject({
            kind: 'conflict',
            now: { kind: 'none', ended: { how: 'published', author } },
          });
      expect(await newest()).toBe(number);
    });

    test('all who publish over whatever is there get a number of their own, without a gap', async () => {
      const before = await newest();
      const ordered = Array.from({ length: crowd }, (_, n) => before + 1 + n);
      const imported = await everyone((_, n) => {
        const text = named(`File-${before}-${n}`);
        return changes[n % changes.length]!((desk) => importFile(desk, fileText(text), now));
      });
      expect(numbersOf(imported)).toEqual(ordered);
      await operator(0).publishDraft({
        revision: await draftOf(named('Last')),
        author: authorOf(0),
        note: '',
      });
      const instead = await newest();
      const rolledBack = await everyone((versions, n) =>
        versions.rollBack({ to: ordered[n]!, instead, author: authorOf(n), note: `${n}`, regardless: true }),
      );
      expect(numbersOf(rolledBack)).toEqual(ordered.map((number) => number + crowd + 1));
      for (const [n, answer] of rolledBack.entries()) {
        const number = answer.kind === 'published' ? answer.version.number : 0;
        const { text } = (await storeOf(n).version(ordered[n]!)) ?? {};
        expect(await storeOf(n + 1).version(number)).toMatchObject({
          author: authorOf(n),
          note: `${n}`,
          text,
        });
      }
    });

    test('of all who roll back from the version that they saw, one does', async () => {
      const instead = await newest();
      const answers = await everyone((versions, n) =>
        versions.rollBack({ to: instead - 1, instead, author: authorOf(n), note: '' }),
      );
      expect(answers.filter(({ kind }) => kind === 'published')).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === 'overtaken')).toHaveLength(crowd - 1);
      expect(await newest()).toBe(instead + 1);
    });

    test('what is due is published once, however many instances look at once', async () => {
      const revision = await draftOf(named('Due'));
      const order = { revision, author: authorOf(1), note: 'due', at: now + 1000 };
      expect(await operator(1).publishDraft(order)).toMatchObject({ kind: 'scheduled' });
      const before = await newest();
      now += 1000;
      const answers = await Promise.all(
        Array.from({ length: crowd }, (_, n) =>
          changeDesk(storeOf(n), (desk) => publishDue(desk, check, now)),
        ),
      );
      expect(answers.filter(({ kind }) => kind === 'published')).toHaveLength(1);
      expect(await newest()).toBe(before + 1);
    });

    test('of a cancellation and the publication, one comes first, and the other is told', async () => {
      for (let round = 0; round < 10; round += 1) {
        const revision = await draftOf(named(`Round-${round}`));
        const at = now + 1000;
        const ordered = await operator(1).publishDraft({ revision, author: authorOf(1), note: '', at });
        if (ordered.kind !== 'scheduled') throw new Error(ordered.kind);
        const before = await newest();
        now = at;
        const [cancelled, due] = await Promise.all([
          operator(1).cancelScheduled({ id: ordered.scheduled.id, author: authorOf(2) }),
          changeDesk(storeOf(2), (desk) => publishDue(desk, check, now)),
        ]);
        expect([
          ['cancelled', 'none'],
          ['unknown', 'published'],
        ]).toContainEqual([cancelled.kind, due.kind]);
        expect(await newest()).toBe(due.kind === 'published' ? before + 1 : before);
      }
    });
  });
}

type Answer = { readonly kind: string } & Partial<{ readonly version: { readonly number: number } }>;

/** In order. */
const numbersOf = (answers: readonly Answer[]): number[] =>
  answers.flatMap(({ version }) => version?.number ?? []).toSorted((a, b) => a - b);
