/** What a page's JSON-LD holds of its article's text, for pages whose body nobody finds. */
import { isObject, type JsonObject } from '../article/structured-data.ts';

/** The article's own text, as its node in the page's JSON-LD states it; '' where it doesn't. */
export const statedTextOf = (node: JsonObject | undefined): string => {
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
