/** Turns what pages write into one shape: names, lists, dates, languages. Every function is total. */
import { isObject, type JsonObject } from './structured-data.ts';

/** The first usable text in a JSON-LD value: a string, `{ name }`, `{ '@value' }`, or the first of a list. */
export const textOf = (value: unknown, resolve: (node: JsonObject) => JsonObject): string | undefined =>
  namesOf(value, resolve)[0];

export const namesOf = (value: unknown, resolve: (node: JsonObject) => JsonObject): string[] =>
  (Array.isArray(value) ? value.slice(0, MAX_NAMES) : [value]).flatMap((part) => {
    if (typeof part === 'string') return tidy(part);
    if (!isObject(part)) return [];
    const node = resolve(part);
    const text = [node.name, node['@value'], node.headline].flat().find((name) => typeof name === 'string');
    return text === undefined ? [] : tidy(text as string);
  });

export const addressOf = (value: unknown): string | undefined => {
  for (const part of [value].flat()) {
    if (typeof part === 'string' && part.trim() !== '') return part.trim();
    if (isObject(part)) {
      const address = [part.url, part.contentUrl, part['@id']].find((url) => typeof url === 'string');
      if (address) return address as string;
    }
  }
  return undefined;
};

/** Comma-separated text or lists of it, without repetitions. */
export const listOf = (texts: readonly string[]): string[] =>
  distinct(texts.flatMap((text) => text.split(/[,;]/)).flatMap(tidy));

export const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].slice(0, MAX_NAMES);

/** Milliseconds; a date and time without a zone counts as UTC, so that no server's own zone moves it. */
export const dateOf = (value: unknown): number | undefined => {
  if (typeof value !== 'string' || value.length > 60) return undefined;
  const text = value.trim();
  if (!/^\d{4}-\d{2}|^[A-Z][a-z]{2}, \d/.test(text)) return undefined;
  const zoned = /^\d{4}-\d{2}-\d{2}[T ][\d:.]+$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  const milliseconds = Date.parse(zoned);
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
};

export const languageOf = (value: string | undefined): string | undefined => {
  if (value === undefined || value.length > 60) return undefined;
  try {
    return Intl.getCanonicalLocales(value.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
};

/** No more than `length` characters, without half a character at the end. */
export const shortened = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');

const MAX_NAMES = 50;
const MAX_NAME_LENGTH = 1000;

const tidy = (text: string): string[] => {
  const tidied = shortened(text, MAX_NAME_LENGTH).replace(/\s+/g, ' ').trim();
  return tidied === '' ? [] : [tidied];
};
