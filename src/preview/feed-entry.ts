/** What a feed says of one of its entries, for deciding what to do with it. */
import { dateOf, distinct } from '../article/stated-values.ts';
import type { Cutoff } from '../policy/policy.ts';
import { childrenNamed, elementsBelow, textIn, type XmlElement } from './xml-tree.ts';

export interface FeedEntry {
  readonly title: string;
  readonly id?: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Milliseconds since the epoch. */
  readonly publishedAt?: number;
  readonly updatedAt?: number;
}

export interface EntryCut {
  readonly cutoff: Cutoff;
  /** Of the whole article, in characters, where more of it is known than the entry holds: a share is of all of it. */
  readonly articleLength?: number;
}

/**
 * What to do with the entry of the article at `link`, which is undefined when the entry names none.
 * @param textLength in characters, of the entry's longest text
 */
export type DecideEntry = (
  link: string | undefined,
  entry: FeedEntry,
  textLength: () => number,
) => 'keep' | 'drop' | EntryCut;

export const xmlLinkOf = (entry: XmlElement): string | undefined => {
  const original = elementsBelow(entry).find(({ local }) => local === 'origLink');
  const links = childrenNamed(entry, 'link');
  const referring = links.find(
    (link) => ['', 'alternate'].includes(attribute(link, 'rel')) && attribute(link, 'href') !== '',
  );
  const written = links.find((link) => textIn(link).trim() !== '');
  const guid = childrenNamed(entry, 'guid').find(
    (candidate) => attribute(candidate, 'isPermaLink') !== 'false',
  );
  const stated = [
    original && textIn(original),
    written && textIn(written),
    referring && attribute(referring, 'href'),
    guid && textIn(guid),
  ];
  return stated.map((link) => link?.trim()).find((link) => link !== undefined && link !== '');
};

export const xmlEntryOf = (entry: XmlElement): FeedEntry => {
  const text = (...names: readonly string[]): string | undefined =>
    names
      .flatMap((name) => childrenNamed(entry, name))
      .map((child) => textIn(child).trim())
      .find((value) => value !== '');
  const id = text('guid', 'id');
  const publishedAt = dateOf(text('published', 'pubDate', 'date', 'issued'));
  const updatedAt = dateOf(text('updated', 'modified'));
  return {
    title: text('title') ?? '',
    authors: distinct(authorsOf(entry)),
    categories: distinct(categoriesOf(entry)),
    ...(id === undefined ? {} : { id }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
  };
};

const authorsOf = (entry: XmlElement): string[] =>
  [...childrenNamed(entry, 'creator'), ...childrenNamed(entry, 'author')]
    .flatMap((author) => [...childrenNamed(author, 'name'), author])
    .map((author) => textIn(author).trim())
    .filter((name) => name !== '');

const categoriesOf = (entry: XmlElement): string[] =>
  childrenNamed(entry, 'category')
    .map((category) => textIn(category).trim() || attribute(category, 'term'))
    .filter((name) => name !== '');

const attribute = ({ attributes }: XmlElement, wanted: string): string =>
  attributes.find(({ name }) => name === wanted)?.value ?? '';
