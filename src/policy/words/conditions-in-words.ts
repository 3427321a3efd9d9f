/** What a rule holds for, as a sentence says it. */
import type { Conditions, Publication } from '../policy.ts';
import { folded } from '../same-words.ts';
import { countInWords, listInWords } from './list-in-words.ts';

/** Such as `articles of The Tidewater Review in section Food, older than 30 days`. */
export const conditionsInWords = (when: Conditions, publications: readonly Publication[]): string => {
  const { publication, section, tag, author, path, language, level } = when;
  const parts = [
    publication && `of ${listInWords(publication.map(nameIn(publications)), 'or')}`,
    section && `in section ${listInWords(section, 'or')}`,
    tag && `tagged ${listInWords(tag, 'or')}`,
    author && `by ${listInWords(author, 'or')}`,
    path && `under ${listInWords(path, 'or')}`,
    language && `in ${listInWords(language.map(languageName), 'or')}`,
    level && `that call themselves ${listInWords(level, 'or')}`,
  ].filter((part) => part !== undefined);
  const age = ageInWords(when);
  if (parts.length === 0 && age === '') return 'all articles';
  return `${['articles', ...parts].join(' ')}${parts.length > 0 && age !== '' ? ',' : ''}${age === '' ? '' : ` ${age}`}`;
};

const nameIn =
  (publications: readonly Publication[]) =>
  (id: string): string =>
    publications.find((publication) => folded(publication.id) === folded(id))?.name ?? id;

/** With the tag, for names alone don't tell all tags apart. */
const languageName = (tag: string): string => {
  const name = languages.of(tag);
  return name === undefined || name === tag ? tag : `${name} (${tag})`;
};

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

const ageInWords = ({ olderThanDays, newerThanDays }: Conditions): string =>
  [
    olderThanDays === undefined ? [] : `older than ${countInWords(olderThanDays, 'day')}`,
    newerThanDays === undefined ? [] : `newer than ${countInWords(newerThanDays, 'day')}`,
  ]
    .flat()
    .join(' and ');
