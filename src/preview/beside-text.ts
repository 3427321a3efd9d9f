/** What a page holds of its article where no reader sees it: hidden in the body, or in its JSON-LD. */
import type { Element } from 'domhandler';
import type { PageHead } from '../article/page-head.ts';
import { findArticleNode } from '../article/stated-article.ts';
import { isObject, parseStructuredData } from '../article/structured-data.ts';
import type { Body } from './find-body.ts';
import { concealmentOf } from './visibility.ts';

/** Hidden text in the body counts once it is long enough to be a text and not a button. */
const MIN_HIDDEN_TEXT = 200;

/** '' for less than that. */
export const hiddenTextOf = ({ tokens, around }: Pick<Body, 'tokens' | 'around'>): string => {
  const visibilityOf = concealmentOf(around);
  const hidden = tokens
    .flatMap((token) =>
      token.kind === 'text' && visibilityOf(token.place).hidden && !isCode(token.place?.element)
        ? token.chars
        : [],
    )
    .join('')
    .replace(/<[^<>]*>/g, '');
  return hidden.length >= MIN_HIDDEN_TEXT ? hidden : '';
};

/** The article's own text, as its JSON-LD states it; '' where it doesn't. */
export const statedTextOf = ({ structuredData, canonicalHref }: PageHead): string => {
  const node = findArticleNode(structuredData.map(parseStructuredData), [canonicalHref])?.node;
  const texts = Object.entries(node ?? {}).flatMap(([key, value]) =>
    STATED_TEXT.test(key) ? stringsIn(value, MAX_DEPTH) : [],
  );
  return texts.map((text) => text.replace(/<[^<>]*>/g, ' ')).join('\n');
};

const STATED_TEXT = /^(?:schema:|https?:\/\/schema\.org\/)?(?:articleBody|reviewBody|text)$/i;
const MAX_DEPTH = 4;

/** Texts may be given in several languages or parts. */
const stringsIn = (value: unknown, depth: number): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((part: unknown) => stringsIn(part, depth - 1));
  return isObject(value) ? stringsIn(value['@value'], depth - 1) : [];
};

const isCode = (element: Element | undefined): boolean =>
  element?.name === 'script' || element?.name === 'style';
