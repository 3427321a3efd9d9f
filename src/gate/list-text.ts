/** A list of articles as JSON as one reader gets it: each entry is decided as its article's page is, and cut where that is. */
import { LRUCache } from 'lru-cache';
import type { JsonEntry } from '../preview/cut-json-list.ts';
import { type EntryPage, type EntryReader, entryFate } from './entry-fate.ts';
import { articleLengthFor } from './entry-pages.ts';
import type { Feed, JsonList } from './found.ts';
import type { KnowSoon } from './know-soon.ts';
import { addressesInOrder, entriesOf, type ListEntry, partAddresses } from './list-entries.ts';
import type { LookAtAll } from './look-at-all.ts';
import type { PageWork } from './page-work.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { RulingOf } from './ruling.ts';

/** The text that came, where nothing of it is withheld. */
export type ListText = (
  feed: ListFeed,
  reader: EntryReader,
  rules: PolicyInForce,
) => Promise<string | 'uncuttable'>;

export interface ListFeed extends Feed {
  readonly list: JsonList;
}

interface Dependencies {
  readonly lookAtAll: LookAtAll;
  readonly rulingOf: RulingOf;
  readonly hosts: readonly string[];
  readonly knowFirst: KnowSoon['first'];
  readonly work: Pick<PageWork, 'cutJsonList'>;
}

/** Lists that were cut, by what became of each entry: many readers get the same. */
const keptBytes = 33_554_432;

export const createListText = (dependencies: Dependencies): ListText => {
  const { lookAtAll, hosts, work } = dependencies;
  const decide = createDecide(dependencies);
  const numberOf = createNumbers();
  const kept = new LRUCache<string, string>({
    maxSize: keptBytes,
    sizeCalculation: (text, key) => 2 * (text.length + key.length) + 1,
  });

  const decided = async (
    { survey, own }: JsonList,
    reader: EntryReader,
    rules: PolicyInForce,
  ): Promise<JsonEntry[]> => {
    const addresses = partAddresses(survey, hosts, rules);
    const standings = await lookAtAll(addressesInOrder(survey, addresses), rules, 1);
    const entries: JsonEntry[] = [];
    for (const entry of entriesOf({ survey, addresses, standings, own }, rules)) {
      const { texts, nodes } = entry;
      entries.push({ texts, nodes, fate: await decide(entry, reader, rules) });
    }
    return entries;
  };

  return async (feed, reader, rules) => {
    const { text, list } = feed;
    const { before, json, after, pointers } = list;
    const entries = await decided(list, reader, rules);
    if (entries.every(({ fate }) => fate === 'keep')) return text;
    const key = `${numberOf(feed)}${JSON.stringify(entries)}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const cut = await work.cutJsonList({ json, pointers, entries });
    if (cut === 'uncuttable') return cut;
    const made = before + cut + after;
    kept.set(key, made);
    return made;
  };
};

const createNumbers = () => {
  const numbers = new WeakMap<Feed, number>();
  let last = 0;
  return (feed: Feed): number => {
    const known = numbers.get(feed);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(feed, last);
    return last;
  };
};

const createDecide = ({ rulingOf, knowFirst }: Dependencies) => {
  const pageOf = async (
    { article, length }: ListEntry,
    now: number,
    rules: PolicyInForce,
  ): Promise<EntryPage> => {
    if (!article) return { standing: { kind: 'elsewhere' } };
    if (!('form' in article)) return { standing: article };
    const articleLength = await articleLengthFor(length, article, rulingOf, rules, now);
    return { standing: article, ...(articleLength === undefined ? {} : { articleLength }) };
  };

  return async (entry: ListEntry, reader: EntryReader, rules: PolicyInForce): Promise<JsonEntry['fate']> => {
    const { article } = entry;
    const fate = entryFate(await pageOf(entry, reader.now, rules), reader, rules);
    // The list is read for withheld text before it leaves: what a whole article says has to be known for its own by then.
    if (fate === 'keep' && article && 'form' in article) await knowFirst(article, article.article.id);
    return fate === 'unjudged' ? 'withhold' : fate;
  };
};
