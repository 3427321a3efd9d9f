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
    cutPage: (input) => {
      const { source, options } = input;
      if (source.text.length <= longest) return here.cutPage(input);
      return beside('cutPage', input, source.text.length, `${source.key}\n${JSON.stringify(options)}`);
    },
    textPrints: (input) => {
      const size = input.fullText.length + (input.besideText?.length ?? 0);
      return size <= longest ? here.textPrints(input) : beside('textPrints', input, size);
    },
    cleanAnswer: (input) =>
      input.text.length <= longest
        ? here.cleanAnswer(input)
        : beside('cleanAnswer', input, input.text.length),
    comparePages: (input) => {
      const size = Math.max(input.own.text.length, input.other.text.length);
      if (size <= longest) return here.comparePages(input);
      return beside('comparePages', input, size, `${input.own.key}\n${input.other.key}`);
    },
    lookIntoJson: (input) =>
      input.text.length <= longest
        ? here.lookIntoJson(input)
        : beside('lookIntoJson', input, input.text.length),
    cutJson: (input) =>
      input.json.length <= longest ? here.cutJson(input) : beside('cutJson', input, input.json.length),
    cutJsonList: (input) =>
      input.json.length <= longest
        ? here.cutJsonList(input)
        : beside('cutJsonList', input, input.json.length),
    entriesInFeed: (input) =>
      input.text.length <= longest
        ? here.entriesInFeed(input)
        : beside('entriesInFeed', input, input.text.length),
    cutFeed: (input) =>
      input.text.length <= longest ? here.cutFeed(input) : beside('cutFeed', input, input.text.length),
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
