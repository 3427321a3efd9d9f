/** What an address that is no article's page holds of articles: for explaining, asked by nobody and sent to nobody. */
import type { AccessLevel, ArticleId } from '../article/article.ts';
import { collect } from '../origin/collect-body.ts';
import { decodeBody } from '../origin/decode-body.ts';
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import type { Origin } from '../origin/origin.ts';
import { readText } from '../origin/read-text.ts';
import type { KnownTexts } from '../sentry/known-texts.ts';
import { lettersHeld, withheldAmong } from '../sentry/withheld.ts';
import { createTerms, nobody } from './judge-answer.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { ReadAnswer } from './read-answers.ts';
import { headerValue } from './treatment.ts';

export interface HeldText {
  readonly article: ArticleId;
  readonly access: AccessLevel;
  /** About how many, beyond what everybody may read. */
  readonly letters: number;
}

/** The most first; empty where nothing is found, or nothing can be asked. `target` is canonical. */
export type HeldAt = (target: string, rules: PolicyInForce, now: number) => Promise<readonly HeldText[]>;

interface Dependencies {
  readonly origin: Origin;
  readonly forward: ForwardHeaders;
  readonly known: KnownTexts;
  readonly read: ReadAnswer;
  readonly maxBytes: number;
}

export const createHeldAt =
  ({ origin, forward, known, read, maxBytes }: Dependencies): HeldAt =>
  async (target, rules, now) => {
    const headers = forward(['Accept', '*/*', 'Accept-Encoding', 'gzip, br'], {
      forwardedFor: '127.0.0.1',
      decodable: true,
      unconditional: true,
    });
    const answer = await collect(origin, { method: 'GET', target, headers }, { maxBytes });
    if (answer.kind !== 'ok') return [];
    const { headers: given } = answer.head;
    const body = await decodeBody(answer.body, headerValue(given, 'content-encoding'), { maxBytes });
    const text = readText(typeof body === 'string' ? answer.body : body, headerValue(given, 'content-type'));
    if (text === 'undecodable') return [];
    const termsOf = createTerms(rules, now, nobody, undefined);
    return lettersHeld(withheldAmong(await read(text), termsOf)).map(({ article, letters }) => {
      const facts = known.factsOf(article);
      const access = facts ? rules.matcher.match(facts.article, now).outcome.access : 'locked';
      return { article, access, letters };
    });
  };
