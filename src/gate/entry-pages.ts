/** The pages behind the entries of a feed or a list: an article's own level decides, and only its page states that. */
import type { EntryPage } from './entry-fate.ts';
import type { ArticlePage } from './found.ts';
import type { LookAtAll } from './look-at-all.ts';
import type { PageAddress } from './page-addresses.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { RulingOf } from './ruling.ts';
import { siteAddress } from './site-address.ts';

/** @param entries each link with the length of the text that the entry has of it, in characters */
export type EntryPagesOf = (
  entries: ReadonlyMap<string, number>,
  rules: PolicyInForce,
  now: number,
) => Promise<ReadonlyMap<string, EntryPage>>;

interface Dependencies {
  readonly lookAtAll: LookAtAll;
  readonly rulingOf: RulingOf;
  readonly hosts: readonly string[];
}

/** A longer text is no summary, whose share of the article has to be known. */
const longestSummary = 1_500;

export const createEntryPages =
  ({ lookAtAll, rulingOf, hosts }: Dependencies): EntryPagesOf =>
  async (entries, rules, now) => {
    const addresses = new Map<string, PageAddress>();
    for (const link of entries.keys()) {
      const address = siteAddress(link, '/', hosts);
      if (address) addresses.set(link, address);
    }
    const standings = await lookAtAll(addresses.values(), rules, 1);
    const pages = new Map<string, EntryPage>();
    for (const [link, textLength] of entries) {
      const address = addresses.get(link);
      const standing = address && standings.get(address.target);
      if (standing?.kind !== 'article') {
        pages.set(link, { standing: standing ?? { kind: 'elsewhere' } });
        continue;
      }
      const articleLength = await articleLengthFor(textLength, standing, rulingOf, rules, now);
      pages.set(link, articleLength === undefined ? { standing } : { standing, articleLength });
    }
    return pages;
  };

/**
 * In characters, where so short a text may be a summary of more. Infinity: nothing of it is withheld from anybody.
 * Undefined: it needn't be known.
 */
export const articleLengthFor = async (
  textLength: number,
  page: ArticlePage,
  rulingOf: RulingOf,
  rules: PolicyInForce,
  now: number,
): Promise<number | undefined> => {
  if (textLength > longestSummary || page.form.kind !== 'html') return undefined;
  const { cut, nothingToWithhold } = await rulingOf(page, rules, now);
  if (nothingToWithhold) return Number.POSITIVE_INFINITY;
  if (cut?.form !== 'html' || cut.page.kind !== 'parts') return undefined;
  return cut.page.parts.fullText.length + cut.page.besideText.length;
};
