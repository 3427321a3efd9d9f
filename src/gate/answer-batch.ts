/** Answers a batch of the access API: the origin is asked once for each article, and only so often for one network. */
import { articleIdOf } from '../article/article-id.ts';
import type { Limit } from '../readers/rate-limits.ts';
import { type AccessBody, notAnArticle } from './answer-access.ts';
import type { AskedAddress } from './asked-address.ts';

export type BatchAnswer =
  | AccessBody
  | (typeof notAnArticle & { readonly url: string; readonly error: string });

export type BatchAnswers =
  | { readonly kind: 'answered'; readonly decisions: readonly BatchAnswer[] }
  /** What was looked at by then is known, so that the same batch costs less the next time. */
  | { readonly kind: 'too-many'; readonly retryAfterSeconds: number };

interface Asking {
  readonly answerOne: (address: AskedAddress) => Promise<AccessBody>;
  /** Of the site's own addresses; undefined for what can't be asked about. */
  readonly addressOf: (url: string) => AskedAddress | undefined;
  /** Whether it is answered without a question to the origin. */
  readonly isKnown: (address: AskedAddress) => boolean;
  /** Counts one question to the origin. */
  readonly limit: () => ReturnType<Limit>;
}

/**
 * One small request could otherwise be a hundred at the origin, as often as anybody likes.
 *
 * @example
 * await answerBatch(['/news/a', '/news/a?utm_source=x'], asking) // one question to the origin
 */
export const answerBatch = async (urls: readonly string[], asking: Asking): Promise<BatchAnswers> => {
  const answered = new Map<string, AccessBody>();
  const decisions: BatchAnswer[] = [];
  // One after the other: a batch must not become a burst at the origin.
  for (const url of urls) {
    const address = asking.addressOf(url);
    if (address === undefined) {
      decisions.push({ url, ...notAnArticle, error: 'url-invalid' });
      continue;
    }
    const own = articleIdOf({ target: address.target, hosts: [] });
    const before = answered.get(own) ?? answered.get(wholePath(address.path));
    if (before) {
      decisions.push({ ...before, url });
      continue;
    }
    if (!asking.isKnown(address)) {
      const limit = await asking.limit();
      if (limit.kind === 'beyond') return { kind: 'too-many', retryAfterSeconds: limit.retryAfterSeconds };
    }
    const answer = await asking.answerOne(address);
    answered.set(own, answer);
    // The page says that it is its path's article, whatever the query.
    if (answer.article?.id === address.path) answered.set(wholePath(address.path), answer);
    decisions.push(answer);
  }
  return { kind: 'answered', decisions };
};

/** No address begins so. */
const wholePath = (path: string): string => `?${path}`;
