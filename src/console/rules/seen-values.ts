/** What sections, tags, authors and languages there are to choose from: of articles that were seen, and of the rules. */
import type { Article } from '../../article/article.ts';
import type { Catalogue } from '../../gate/catalogue.ts';
import type { Policy } from '../../policy/policy.ts';
import { folded } from '../../policy/same-words.ts';
import type { RecentViews } from './recent-views.ts';

export const seenFields = ['section', 'tag', 'author', 'language'] as const;
export type SeenField = (typeof seenFields)[number];

/** Each in the order of the alphabet, no value twice. */
export type SeenValues = Readonly<Record<SeenField, readonly string[]>>;

type Facts = Pick<Article, 'section' | 'tags' | 'authors' | 'language'>;

/** As many as are any help to whoever types. */
const mostValues = 300;
const mostArticles = 2000;

export const seenValues = (
  policy: Policy,
  views: Pick<RecentViews, 'articles'>,
  catalogue: Pick<Catalogue, 'moreFrom'>,
): SeenValues => {
  const articles: readonly Facts[] = [...views.articles.keys(), ...catalogued(policy, catalogue)];
  const ruled = (field: SeenField) => policy.rules.flatMap(({ when }) => when[field] ?? []);
  const valuesIn = (field: SeenField): readonly string[] =>
    distinct([...articles.flatMap((article) => valuesOf(article, field)), ...ruled(field)]);
  return {
    section: valuesIn('section'),
    tag: valuesIn('tag'),
    author: valuesIn('author'),
    language: valuesIn('language'),
  };
};

const catalogued = (policy: Policy, catalogue: Pick<Catalogue, 'moreFrom'>): readonly Facts[] =>
  ['', ...policy.publications.map(({ id }) => id)].flatMap((publication) =>
    catalogue.moreFrom({ ...noArticle, publication }, mostArticles).map(({ article }) => article),
  );

const noArticle: Article = {
  id: '' as Article['id'],
  path: '',
  title: '',
  publication: '',
  tags: [],
  authors: [],
  language: '',
};

const valuesOf = ({ section, tags, authors, language }: Facts, field: SeenField): readonly string[] => {
  switch (field) {
    case 'section':
      return section === undefined ? [] : [section];
    case 'tag':
      return tags;
    case 'author':
      return authors;
    case 'language':
      return [language];
    default:
      return field satisfies never;
  }
};

const distinct = (values: readonly string[]): readonly string[] => {
  const byWord = new Map<string, string>();
  for (const value of values) {
    const word = folded(value);
    if (word !== '' && value.length <= 200 && !byWord.has(word)) byWord.set(word, value.trim());
  }
  return [...byWord.values()].sort((one, other) => one.localeCompare(other, 'en')).slice(0, mostValues);
};
