/** Says of JSON at a path that has pointers what it is: an article's form, a list of many, or nothing of the gate's business. */

import { articleIdOf, articlePathOf } from '../article/article-id.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { JsonForm } from '../policy/policy.ts';
import type { JsonSurvey } from '../preview/json-survey.ts';
import type { ArticleAt } from './article-at.ts';
import type { ArticleByText } from './article-by-text.ts';
import { articlePage } from './article-page.ts';
import { carriedHeaders } from './carried-headers.ts';
import type { ArticlePage, EntryArticle, Feed, JsonList } from './found.ts';
import { type StatedAddress, statedAddresses } from './json-address.ts';
import {
  addressesInOrder,
  articleAmong,
  entriesOf,
  type ListEntry,
  partAddresses,
  wholeDocument,
} from './list-entries.ts';
import type { Look } from './look.ts';
import type { LookAtAll } from './look-at-all.ts';
import { maxHops } from './look-up.ts';
import type { PageBehind } from './page-behind.ts';
import type { JsonFacts } from './page-tasks.ts';
import type { PageWork } from './page-work.ts';

/** `plain`: nothing of the gate's business. Undefined: not JSON, whatever its address promised. */
export type RecogniseJson = (
  look: Look,
  form: JsonForm,
  text: string,
) => Promise<ArticlePage | Feed | 'plain' | undefined>;

interface Dependencies {
  readonly hosts: readonly string[];
  readonly giveBack: ReturnHeaders;
  readonly lookAtAll: LookAtAll;
  readonly pageBehind: PageBehind;
  readonly articleAt: ArticleAt;
  readonly articleByText?: ArticleByText;
  readonly work: Pick<PageWork, 'lookIntoJson'>;
}

export const createRecogniseJson = (dependencies: Dependencies): RecogniseJson => {
  const { giveBack, work } = dependencies;
  const wholeOf = createWholeOf(dependencies);

  return async (look, form, text) => {
    const { body: pointers } = form;
    const facts = await work.lookIntoJson({ text, pointers });
    if (!facts) return undefined;
    if (isPlain(form, facts)) return 'plain';
    const end = text.length - facts.after;
    const document = {
      ...{ before: text.slice(0, facts.before), json: text.slice(facts.before, end), after: text.slice(end) },
      pointers,
    };
    const { survey } = facts;
    // What can't be told apart can't be told to be one article's.
    const whole: Whole = survey
      ? await wholeOf(survey, look, document.json)
      : {
          kind: 'article',
          found: { ...(await dependencies.articleAt(look.question, look.head, look.rules)), unjudged: true },
        };
    if (whole.kind === 'article')
      return articlePage(look, { kind: 'json', ...document }, whole.found, giveBack);
    const { own } = whole;
    const list = { ...document, survey: whole.survey, ...(own ? { own } : {}) };
    return listPage(look, text, list, giveBack);
  };
};

/**
 * A list without text where articles have it, be it of titles, of people or empty, is read by the sentry alone. One document
 * without it may have its text elsewhere.
 */
const isPlain = ({ builtIn, body }: JsonForm, { survey, holdsText }: JsonFacts): boolean => {
  const isEmpty = survey !== undefined && survey.texts.length === 0;
  if (builtIn) return isEmpty || !holdsText;
  return isEmpty && !holdsText && body.every((pointer) => pointer.split('/').includes('*'));
};

type Whole =
  | { readonly kind: 'article'; readonly found: FoundArticle }
  | { readonly kind: 'list'; readonly survey: JsonSurvey; readonly own?: EntryArticle };

type FoundArticle = Pick<ArticlePage, 'article' | 'part' | 'unjudged'>;

/** Whether a document is one article's, and which. */
const createWholeOf = (dependencies: Dependencies) => {
  const { hosts, lookAtAll, pageBehind, articleAt, articleByText } = dependencies;
  const standingsOf = (addresses: readonly StatedAddress[], { question, rules }: Look) => {
    const hops = (question.hops ?? 0) + 1;
    const others = hops > maxHops ? [] : addresses.filter(({ target }) => target !== question.target);
    return lookAtAll(others, rules, hops);
  };

  /** What says nothing of itself may still be the text of an article that is known. */
  const byText = async (json: string, look: Look): Promise<FoundArticle | undefined> => {
    const id = await articleByText?.(json, articleIdOf({ target: look.question.target, hosts: [] }));
    if (id === undefined) return undefined;
    const address = { target: id, path: articlePathOf(id), guessed: true };
    return articleAmong([address], await standingsOf([address], look), look.rules);
  };

  /** The article that it states, or whose form its address is. */
  const oneArticle = async (survey: JsonSurvey, look: Look, json: string): Promise<FoundArticle> => {
    const { question, head, rules } = look;
    const beside = survey.beside.flatMap((stated) => statedAddresses(stated, hosts, rules));
    const addresses = [...addressesInOrder(survey, partAddresses(survey, hosts, rules)), ...beside];
    const stated = articleAmong(addresses, await standingsOf(addresses, look), rules);
    if (stated && !isByPath(stated)) return stated;
    const behind = await articleAt(question, head, rules);
    if (!isByPath(behind)) return behind;
    return stated ?? (await byText(json, look)) ?? behind;
  };

  const ownPage = async ({ question, rules }: Look): Promise<EntryArticle | undefined> => {
    const { target, path, hops = 0 } = question;
    const form = { target, path, hops, askedAsPage: question.hops !== undefined };
    const behind = await pageBehind(form, rules);
    return behind?.kind === 'article' ? behind : undefined;
  };

  return async (survey: JsonSurvey, look: Look, json: string): Promise<Whole> => {
    const { rules } = look;
    if (!mayBeMany(survey)) return { kind: 'article', found: await oneArticle(survey, look, json) };
    const addresses = partAddresses(survey, hosts, rules);
    const isListed = (place: number): boolean =>
      survey.parts[place]?.listed === true && (addresses[place]?.length ?? 0) > 0;
    if (survey.texts.every(({ within }) => within.some(isListed))) return { kind: 'list', survey };
    const own = await ownPage(look);
    const standings = await standingsOf(addressesInOrder(survey, addresses), look);
    const entries = entriesOf({ survey, addresses, standings, own }, rules);
    const [only] = entries;
    if (only && entries.length === 1) {
      if (only.article && isOutOfLists(only, survey)) return { kind: 'article', found: only.article };
      if (!only.article && !survey.holdsThings)
        return { kind: 'article', found: await oneArticle(survey, look, json) };
    }
    return own ? { kind: 'list', survey, own: withoutForm(own) } : { kind: 'list', survey };
  };
};

const mayBeMany = ({ texts }: JsonSurvey): boolean =>
  texts.some(({ element }) => element !== undefined) ||
  new Set(texts.map(({ within }) => within[0])).size > 1;

/** Known by its address alone. */
const isByPath = (found: FoundArticle): boolean => !('form' in found);

const isOutOfLists = ({ nodes }: ListEntry, { parts }: JsonSurvey): boolean =>
  nodes.every(
    (start) => start === wholeDocument || parts.some(({ node, listed }) => node === start && !listed),
  );

/** The page itself would be kept as long as the list is. */
const withoutForm = ({ article, part, unjudged }: EntryArticle): EntryArticle => ({
  kind: 'article',
  article,
  ...(part ? { part } : {}),
  ...(unjudged ? { unjudged } : {}),
});

const listPage = (look: Look, text: string, list: JsonList, giveBack: ReturnHeaders): Feed => ({
  kind: 'feed',
  text,
  list,
  raw: look.raw,
  status: look.head.status,
  contentType: look.contentType,
  carried: carriedHeaders(look.head.headers, giveBack),
});
