/** Under which names an address's article is kept: a page, or another form of it for those who ask for that. */

import type { ArticlePage, Feed } from './found.ts';
import { acceptsAnything, asksForPage } from './inspect-type.ts';
import type { Question } from './origin-question.ts';

type Asked = Pick<Question, 'target' | 'accept' | 'variation'>;

/**
 * Where to put what was found. A page is kept for whoever takes a page; another form for those who asked just so.
 * @param forLooks it is no reader's, and kept for whoever looks at the address for the gate's own sake
 */
export const keyToKeep = (asked: Asked, found: ArticlePage | Feed, forLooks: boolean): string => {
  const isPage = acceptsAnything(asked.accept) && found.kind === 'article' && found.form.kind === 'html';
  return (isPage ? `${asked.target}${variationIn(asked)}` : askingKey(asked)) + (forLooks ? lookMark : '');
};

/** Where to look, in this order. */
export const keysFor = (asked: Asked & Pick<Question, 'hops'>): readonly string[] => {
  const own = askingKey(asked);
  const keys = acceptsAnything(asked.accept) ? [`${asked.target}${variationIn(asked)}`, own] : [own];
  return asked.hops === undefined ? keys : [...keys, ...keys.map((key) => key + lookMark)];
};

/** The address that a key is of. */
export const targetOf = (key: string): string => {
  const end = key.indexOf('\n');
  return end < 0 ? key : key.slice(0, end);
};

/** Equal for questions that the origin answers alike. */
export const askingKey = (asked: Asked): string => {
  const { target, accept } = asked;
  const variation = variationIn(asked);
  if (asksForPage(accept)) return target + variation;
  return (acceptsAnything(accept) ? `${target}\n*/*` : `${target}\n${accept}`) + variation;
};

/** No header of a request holds a line's end. */
const variationIn = ({ variation }: Asked): string =>
  variation === undefined || variation.name === '' ? '' : `\n\n${variation.name}`;

const lookMark = '\n\n\n';
