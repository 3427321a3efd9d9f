/** Under which names an address's article is kept: a page, or another form of it for those who ask for that. */

import type { ArticlePage, Feed } from './found.ts';
import { acceptsAnything, asksForPage } from './inspect-type.ts';
import type { Question } from './origin-question.ts';

type Asked = Pick<Question, 'target' | 'accept'>;

/** Where to put what was found. A page is kept for whoever takes a page; another form for those who asked just so. */
export const keyToKeep = (asked: Asked, found: ArticlePage | Feed): string =>
  acceptsAnything(asked.accept) && found.kind === 'article' && found.form.kind === 'html'
    ? asked.target
    : askingKey(asked);

/** Where to look, in this order. */
export const keysFor = (asked: Asked): readonly [string, string?] =>
  acceptsAnything(asked.accept) ? [asked.target, askingKey(asked)] : [askingKey(asked)];

/** The address that a key is of. */
export const targetOf = (key: string): string => {
  const end = key.indexOf('\n');
  return end < 0 ? key : key.slice(0, end);
};

/** Equal for questions that the origin answers alike. */
export const askingKey = ({ target, accept }: Asked): string => {
  if (asksForPage(accept)) return target;
  return acceptsAnything(accept) ? `${target}\n*/*` : `${target}\n${accept}`;
};
