/** What the origin's earlier answers taught about its addresses: where articles stand, and where nothing of the kind does. */
import { LRUCache } from 'lru-cache';
import { articleIdOf } from '../article/article-id.ts';
import type { Found } from './found.ts';
import { acceptsAnything, asksForPage } from './inspect-type.ts';
import type { Question } from './origin-question.ts';

type Address = Pick<Question, 'target' | 'path'>;

/** An answer, and whose words it answers. */
interface Lesson {
  readonly question: Pick<Question, 'target' | 'path' | 'accept'>;
  /** What the origin was asked with. */
  readonly method: string;
  /** Nothing of the reader's own went with the question. */
  readonly anonymous: boolean;
  readonly status: number;
  readonly kind: Found['kind'] | 'redirect';
}

export interface Lessons {
  learn(lesson: Lesson): void;
  isArticle(address: Address): boolean;
  /** An article stands at the path under some query, perhaps another one. */
  isNearArticle(address: Pick<Address, 'path'>): boolean;
  /** No article stands there, in any form. */
  isPlain(address: Address): boolean;
  /** Asked like this, the address gave nothing that a crowd can share. */
  isForEachAlone(asked: Pick<Question, 'target' | 'accept'>): boolean;
}

/** An answer that isn't a page may be another tomorrow: long enough for a program that asks again and again. */
const briefMs = 30_000;

/**
 * One path holds many things, told apart by the query: what an answer teaches holds for its address with its query, in
 * whatever order and with whatever tracking that is spelled. Another query of the path is looked at before anything but
 * a page is sent. That no article stands somewhere lets other forms of the address pass unexamined, so it is learnt
 * only from a plain question for its page: what a form, a signed-in reader, an odd Accept or an origin in trouble gets
 * says nothing of it, and neither does a redirect, which may lead to the article.
 */
export const createLessons = (): Lessons => {
  const articles = new LRUCache<string, true>({ max: 50_000 });
  const paths = new LRUCache<string, true>({ max: 50_000 });
  const plain = new LRUCache<string, true>({ max: 50_000 });
  const alone = new LRUCache<string, true>({ max: 50_000 });

  const isPlain = ({ target }: Address): boolean => plain.has(target);

  return {
    learn: ({ question, method, anonymous, status, kind }) => {
      if (kind === 'article' || kind === 'feed') {
        articles.set(spelledOnce(question), true);
        paths.set(question.path, true);
        plain.delete(question.target);
        alone.delete(askedKey(question));
      } else if (kind !== 'unavailable' && method === 'GET' && isAnswer(status)) {
        const lasting = { ttl: status === 200 ? 0 : briefMs };
        alone.set(askedKey(question), true, lasting);
        if (kind === 'plain' && anonymous && isForPage(question)) plain.set(question.target, true, lasting);
      }
    },
    isArticle: (address) => articles.has(spelledOnce(address)) && !isPlain(address),
    isNearArticle: ({ path }) => paths.has(path),
    isPlain,
    isForEachAlone: (asked) => alone.has(askedKey(asked)),
  };
};

const spelledOnce = ({ target }: Pick<Address, 'target'>): string => articleIdOf({ target, hosts: [] });

const askedKey = ({ target, accept }: Pick<Question, 'target' | 'accept'>): string => `${target}\n${accept}`;

const isForPage = ({ accept }: Pick<Question, 'accept'>): boolean =>
  asksForPage(accept) || acceptsAnything(accept);

/**
 * What an address gives to everybody. Other refusals are of the way it was asked: a failed condition (412), a method,
 * a form that the origin hasn't got (406), trouble.
 */
const isAnswer = (status: number): boolean =>
  status === 200 || status === 404 || status === 410 || (status >= 300 && status < 400 && status !== 304);
