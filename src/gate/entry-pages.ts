/** The pages behind the entries of a feed or a list: an article's own level decides, and only its page states that. */
import type { EntryPage } from './entry-fate.ts';
import type { ArticlePage } from './found.ts';
import type { LookAt } from './look-up.ts';
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
  readonly lookUp: LookAt;
  readonly rulingOf: RulingOf;
  readonly hosts: readonly string[];
}

/** No feed is longer in practice; entries past it are not asked for one by one. */
const maxEntries = 200;
/** At once: a feed must not become a burst at the origin. */
const lanes = 4;
/** A longer text is no summary, whose share of the article has to be known. */
const longestSummary = 1_500;

export const createEntryPages =
  ({ lookUp, rulingOf, hosts }: Dependencies): EntryPagesOf =>
  async (entries, rules, now) => {
    const pages = new Map<string, EntryPage>();
    const waiting = [...entries].slice(0, maxEntries);

    const lookBehind = async (link: string, textLength: number): Promise<EntryPage> => {
      const address = siteAddress(link, '/', hosts);
      if (!address) return { standing: { kind: 'elsewhere' } };
      const standing = await lookUp(address, rules, 1);
      if (standing.kind !== 'article' || textLength > longestSummary) return { standing };
      return { standing, articleLength: await lengthOf(standing, rulingOf, rules, now) };
    };

    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [link, textLength] = next;
        pages.set(link, await lookBehind(link, textLength));
      }
    };
    await Promise.all(Array.from({ length: lanes }, work));
    return pages;
  };

/** Infinity: nothing of it is withheld from anybody. */
const lengthOf = async (
  page: ArticlePage,
  rulingOf: RulingOf,
  rules: PolicyInForce,
  now: number,
): Promise<number> => {
  if (page.form.kind !== 'html') return 0;
  const { cut, nothingToWithhold } = await rulingOf(page, rules, now);
  if (nothingToWithhold) return Number.POSITIVE_INFINITY;
  if (cut?.form !== 'html' || cut.page.kind !== 'parts') return 0;
  return cut.page.parts.fullText.length + cut.page.besideText.length;
};
