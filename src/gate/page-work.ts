/** Reading and cutting, done here and now for what is soon done, in threads beside for what is large. */
import { LRUCache } from 'lru-cache';
import { type Threads, Unfinished } from '../ops/threads.ts';
import { createPageTasks, type PageFacts, type PageTasks } from './page-tasks.ts';

/**
 * The page tasks, each with a promise where a thread does it.
 * @throws Unfinished, as a rejection
 */
export type PageWork = {
  readonly [Name in keyof PageTasks]: (input: InputOf<Name>) => ResultOf<Name> | Promise<ResultOf<Name>>;
};

type InputOf<Name extends keyof PageTasks> = Parameters<PageTasks[Name]>[0];
type ResultOf<Name extends keyof PageTasks> = ReturnType<PageTasks[Name]>;

interface Options {
  readonly threads: Threads<PageTasks>;
  /** In characters; what is shorter is done here. */
  readonly longestHere?: number;
}

/** Some milliseconds' work for any page of this size, and about a tenth of a second for the worst. */
const longestHere = 65_536;
/** Of pages that are done here. */
const parsesHere = 524_288;

/** What took too long or too much memory once does so again: it isn't tried again for a while. */
const failedMs = 300_000;

export const createPageWork = ({ threads, longestHere: longest = longestHere }: Options): PageWork => {
  const here = createPageTasks(parsesHere);
  const facts = new LRUCache<string, PageFacts>({ max: 500 });
  const once = createOnce();

  const beside = <Name extends keyof PageTasks>(
    name: Name,
    input: InputOf<Name>,
    weight: number,
    key?: string,
  ): Promise<ResultOf<Name>> => {
    const run = () => threads.run(name, input as never, weight) as Promise<ResultOf<Name>>;
    return key === undefined ? run() : once(`${name}\n${key}`, run);
  };

  /** @param keyOf equal for equal inputs, where many may ask for the same at once */
  const inPlace =
    <Name extends keyof PageTasks>(
      name: Name,
      sizeOf: (input: InputOf<Name>) => number,
      keyOf?: (input: InputOf<Name>) => string,
    ) =>
    (input: InputOf<Name>): ResultOf<Name> | Promise<ResultOf<Name>> => {
      const size = sizeOf(input);
      return size <= longest
        ? (here[name](input as never) as ResultOf<Name>)
        : beside(name, input, size, keyOf?.(input));
    };

  return {
    readPage: (input) => {
      const { source, path, siteLanguage } = input;
      if (source.text.length <= longest) return here.readPage(input);
      const key = `${source.key}\n${path}\n${siteLanguage}`;
      const known = facts.get(key);
      if (known) return known;
      return beside('readPage', input, source.text.length, key).then((read) => {
        facts.set(key, read);
        return read;
      });
    },
    cutPage: inPlace(
      'cutPage',
      ({ source }) => source.text.length,
      ({ source, options }) => `${source.key}\n${JSON.stringify(options)}`,
    ),
    textPrints: inPlace('textPrints', (text) => text.fullText.length + (text.besideText?.length ?? 0)),
    cleanAnswer: inPlace('cleanAnswer', ({ text }) => text.length),
    comparePages: inPlace(
      'comparePages',
      ({ own, other }) => Math.max(own.text.length, other.text.length),
      ({ own, other }) => `${own.key}\n${other.key}`,
    ),
    lookIntoJson: inPlace('lookIntoJson', ({ text }) => text.length),
    cutJson: inPlace('cutJson', ({ json }) => json.length),
    cutJsonList: inPlace('cutJsonList', ({ json }) => json.length),
    entriesInFeed: inPlace('entriesInFeed', ({ text }) => text.length),
    cutFeed: inPlace('cutFeed', ({ text }) => text.length),
  };
};

/** One run for all who ask for the same at once; and none for a while where one failed by its own fault. */
const createOnce = () => {
  const underWay = new Map<string, Promise<unknown>>();
  const failed = new LRUCache<string, Unfinished>({ max: 1_000, ttl: failedMs });
  return <Result>(key: string, run: () => Promise<Result>): Promise<Result> => {
    const failure = failed.get(key);
    if (failure) return Promise.reject(failure);
    // Every caller with one key asks for the same kind of answer.
    const waiting = underWay.get(key) as Promise<Result> | undefined;
    if (waiting) return waiting;
    const running = run()
      .catch((error: unknown) => {
        if (error instanceof Unfinished && error.why !== 'overloaded') failed.set(key, error);
        throw error;
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, running);
    return running;
  };
};
