/** What somebody had typed into a form that somebody else's change came before. */

import type { TypedRule, TypedTerms } from './rule-form.ts';
import type { LostField } from './rules-edit-parts.tsx';

/** The fields in which both differ. @param now as the page shows it */
export const lostFields = <Typed extends Partial<TypedRule>>(
  typed: Typed,
  now: Typed,
): readonly LostField[] =>
  (Object.keys(labels) as (keyof typeof labels)[]).flatMap((field) => {
    const [mine, theirs] = [wordsOf(typed[field]), wordsOf(now[field])];
    return mine === theirs ? [] : [{ label: labels[field], typed: mine }];
  });

const wordsOf = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value.replaceAll('\n', ', ') : (value ?? []).join(', ');

const labels: Readonly<Record<Exclude<keyof TypedRule, 'place'> | keyof TypedTerms, string>> = {
  name: 'Name',
  publication: 'Publications',
  section: 'Sections',
  tag: 'Tags',
  author: 'Authors',
  path: 'Addresses',
  language: 'Languages',
  level: 'Articles that call themselves',
  olderThanDays: 'Older than … days',
  newerThanDays: 'Newer than … days',
  access: 'Access',
  meter: 'Metered limit',
  products: 'Opened by',
  cutoffCount: 'Previews end after',
  cutoffBy: 'Previews end after so many',
  cutoffEnding: 'Ending',
};
