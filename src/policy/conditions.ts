/** A rule's conditions, compiled: whether each holds for an article, and in words why it doesn't. */
import type { Article } from '../article/article.ts';
import { compileGlobs } from './glob.ts';
import type { Conditions } from './policy.ts';
import { folded, isInLanguage } from './same-words.ts';

export interface Condition {
  readonly holds: (article: Article) => boolean;
  /** Meant for when it doesn't hold. */
  readonly why: (article: Article) => string;
}

/** The one condition that time alone can change. */
export interface AgeCondition {
  readonly at: (article: Article, now: number) => AgeReading;
  readonly why: (article: Article, now: number) => string;
}

export interface AgeReading {
  readonly holds: boolean;
  /** Milliseconds: the moment at which `holds` turns, or Infinity. */
  readonly until: number;
}

/** In the order in which explain names them. All must hold; none given holds for every article. */
export const compileConditions = (when: Conditions): readonly Condition[] => {
  const { publication, section, tag, author, path, language, level } = when;
  return [
    publication && oneOf('publication', publication, (article) => [article.publication]),
    section && oneOf('section', section, (article) => [article.section ?? '']),
    tag && oneOf('tag', tag, (article) => article.tags),
    author && oneOf('author', author, (article) => article.authors),
    path && pathIn(path),
    language && languageIn(language),
    level && levelIn(level),
  ].filter((condition) => condition !== undefined);
};

export const compileAge = ({ olderThanDays, newerThanDays }: Conditions): AgeCondition | undefined => {
  if (olderThanDays === undefined && newerThanDays === undefined) return undefined;
  const begins = (publishedAt: number) =>
    olderThanDays === undefined ? -Infinity : publishedAt + olderThanDays * dayMs;
  const ends = (publishedAt: number) =>
    newerThanDays === undefined ? Infinity : publishedAt + newerThanDays * dayMs;
  return {
    at: ({ publishedAt }, now) => {
      if (!isDate(publishedAt)) return { holds: false, until: Infinity };
      if (now < begins(publishedAt)) return { holds: false, until: begins(publishedAt) };
      return now < ends(publishedAt)
        ? { holds: true, until: ends(publishedAt) }
        : { holds: false, until: Infinity };
    },
    why: ({ publishedAt }, now) => {
      if (!isDate(publishedAt)) return 'has no date of publication, and the rule asks for an age';
      const age = `was published ${daysInWords((now - publishedAt) / dayMs)} ago`;
      return now < begins(publishedAt)
        ? `${age}, and the rule begins at ${daysInWords(olderThanDays ?? 0)}`
        : `${age}, and the rule ends at ${daysInWords(newerThanDays ?? 0)}`;
    },
  };
};

const dayMs = 86_400_000;

const isDate = (moment: number | undefined): moment is number =>
  moment !== undefined && Number.isFinite(moment);

const daysInWords = (days: number): string => {
  const rounded = Math.round(days * 100) / 100;
  return `${rounded} ${rounded === 1 ? 'day' : 'days'}`;
};

const oneOf = (
  name: string,
  wanted: readonly string[],
  valuesOf: (article: Article) => readonly string[],
): Condition => {
  const accepted = new Set(wanted.map(folded));
  return {
    holds: (article) => valuesOf(article).some((value) => accepted.has(folded(value))),
    why: (article) => {
      const values = valuesOf(article).filter((value) => value !== '');
      if (values.length === 0) return `has no ${name}, and the rule asks for ${inWords(wanted)}`;
      const [verb, not] = values.length === 1 ? ['is', 'not'] : ['are', 'none of them'];
      return `${name} ${verb} ${values.map((value) => JSON.stringify(value)).join(', ')}, ${not} ${inWords(wanted)}`;
    },
  };
};

const inWords = (wanted: readonly string[]): string =>
  wanted.length === 1 ? String(wanted[0]) : `one of ${wanted.join(', ')}`;

const pathIn = (globs: readonly string[]): Condition => {
  const matches = compileGlobs(globs);
  return {
    holds: (article) => matches(article.path),
    why: (article) =>
      `path is ${JSON.stringify(article.path)}, which ${globs.join(', ')} ${globs.length === 1 ? "doesn't" : "don't"} match`,
  };
};

const languageIn = (ranges: readonly string[]): Condition => ({
  holds: (article) => ranges.some((range) => isInLanguage(article.language, range)),
  why: (article) => `language is ${JSON.stringify(article.language)}, not ${inWords(ranges)}`,
});

const levelIn = (levels: NonNullable<Conditions['level']>): Condition => ({
  holds: (article) => article.ownLevel !== undefined && levels.includes(article.ownLevel),
  why: (article) =>
    article.ownLevel === undefined
      ? `states no level of its own, and the rule asks for ${inWords(levels)}`
      : `the article's own level is ${article.ownLevel}, not ${inWords(levels)}`,
});
