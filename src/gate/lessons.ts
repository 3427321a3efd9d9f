/** What the origin's earlier answers taught about its addresses: where articles stand, and where nothing of the kind does. */
import { LRUCache } from 'lru-cache';
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
  readonly kind: Found['kind'];
}

export interface Lessons {
  learn(lesson: Lesson): void;
  isArticle(address: Address): boolean;
  /** No article stands there, in any form. */
  isPlain(address: Address): boolean;
  /** Asked like this, the address gave nothing that a crowd can share. */
  isForEachAlone(asked: Pick<Question, 'target' | 'accept'>): boolean;
}

/** An answer that isn't a page may be another tomorrow: long enough for a program that asks again and again. */
const briefMs = 30_000;

/**
 * That an article stands somewhere is learnt from any answer, and for every query: its page may be spelled in many ways.
 * That none does lets other forms of the address pass unexamined, so it is learnt for that very address and only from
 * a plain question for its page: what a form, a signed-in reader, an odd Accept or an origin in trouble gets says
 * nothing of it.
 */
export const createLessons = (): Lessons => {
  const articles = new LRUCache<string, true>({ max: 50_000 });
  const plain = new LRUCache<string, true>({ max: 50_000 });
  const alone = new LRUCache<string, true>({ max: 50_000 });

  const isPlain = ({ target }: Address): boolean => plain.has(target);

  return {
    learn: ({ question, method, anonymous, status, kind }) => {
      if (kind === 'article' || kind === 'feed') {
        articles.set(question.path, true);
        plain.delete(question.target);
        alone.delete(askedKey(question));
      } else if (kind === 'plain' && method === 'GET' && isAnswer(status)) {
        const lasting = { ttl: status === 200 ? 0 : briefMs };
        alone.set(askedKey(question), true, lasting);
        if (anonymous && isForPage(question)) plain.set(question.target, true, lasting);
      }
    },
    isArticle: (address) => articles.has(address.path) && !isPlain(address),
    isPlain,
    isForEachAlone: (asked) => alone.has(askedKey(asked)),
  };
};

const askedKey = ({ target, accept }: Pick<Question, 'target' | 'accept'>): string => `${target}\n${accept}`;

const isForPage = ({ accept }: Pick<Question, 'accept'>): boolean =>
  asksForPage(accept) || acceptsAnything(accept);

/**
 * What an address gives to everybody. Other refusals are of the way it was asked: a failed condition (412), a method,
 * a form that the origin hasn't got (406), trouble.
 */
const isAnswer = (status: number): boolean =>
  status === 200 || status === 404 || status === 410 || (status >= 300 && status < 400 && status !== 304);
