/** What a page's JSON-LD says, each script read once however many ask for it: a large one takes as long to read as the page to parse. */
import type { PageHead } from './page-head.ts';
import type { ParsedPage } from './parsed-page.ts';
import { parseStructuredData } from './structured-data.ts';

const known = new WeakMap<ParsedPage, Map<string, unknown>>();

/** @param text of a script of the page's; undefined where it isn't JSON */
export const statedIn = (page: ParsedPage, text: string): unknown => {
  let data = known.get(page);
  if (!data) {
    data = new Map();
    known.set(page, data);
  }
  if (!data.has(text)) data.set(text, parseStructuredData(text));
  return data.get(text);
};

/** Of every script that browsers would act on; undefined for one that isn't JSON. */
export const statedDocuments = (page: ParsedPage, { structuredData }: PageHead): readonly unknown[] =>
  structuredData.map((text) => statedIn(page, text));
