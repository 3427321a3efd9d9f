/** Steps of a desk for the version contracts: a store is shared by all of them, and goes on from where it is. */
import type { PolicyVersion } from '../../../src/policy/policy.ts';
import {
  type Desk,
  type DeskStep,
  newestNumber,
  nextDesk,
  publishStep,
} from '../../../src/policy/versions/desk.ts';
import type { PublishedVersion } from '../../../src/policy/versions/version.ts';
import { noon } from './meter-asks.ts';

export const operator = 'anna@example.org';

export const newVersion = (text: string): Omit<PublishedVersion, 'number'> => ({
  ...{ text, version: 'abcdef012345' as PolicyVersion, author: operator, note: 'Why – “because”' },
  ...{ createdAt: noon, publishedAt: noon + 1, from: 1, made: 'rolled-back' },
});

export const publishing = (desk: Desk, text: string): { published: PublishedVersion; step: DeskStep } =>
  publishStep(desk, newVersion(text), () => ({}));

/** Everything that a desk can hold. */
export const fullDesk = (desk: Desk): Desk => {
  const number = newestNumber(desk);
  const text = 'a: \u0000\ud800 “x”\r\n';
  const item = { text, basedOn: number, author: operator, note: '', createdAt: noon };
  const later = { ...item, made: 'edited', from: 1, regardless: true } as const;
  return nextDesk(desk, {
    draft: { kind: 'draft', text, basedOn: number, author: operator, revision: noon, changedAt: noon },
    scheduled: [
      { ...later, id: '1', dueAt: noon + 5, held: { why: 'overtaken', at: noon } },
      { ...later, id: '2', dueAt: noon + 9 },
    ],
    file: { textHash: 'hash', number: 1 },
  });
};
