/** Finds what stands at an address: on the shelf, or by asking the origin once for everybody who waits. */
import type { Clock } from '../ops/clock.ts';
import { type Answer, type Ask, mayShare } from './ask.ts';
import { askForNobody, isWithdrawn } from './ask-for-nobody.ts';
import type { Found } from './found.ts';
import type { Question } from './origin-question.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { ShortQuestion } from './question.ts';
import type { Kept, Shelf } from './shelf.ts';
import { askingKey, keysFor } from './shelf-keys.ts';

interface Dependencies {
  readonly shelf: Shelf;
  readonly asking: Ask;
  readonly clock: Clock;
}

export interface Finder {
  /** The shelf's answer, when it needs no question and no promise. */
  peek(question: ShortQuestion, now: number): Kept['found'] | undefined;
  find(question: Question, rules: PolicyInForce): Promise<Answer>;
  /** By the policy, or by what an earlier answer taught. */
  isArticle: Ask['isArticle'];
  /** What stands at these addresses has changed. */
  forget(targets: readonly string[]): void;
  forgetAll(): void;
}

export const createFinder = ({ shelf, asking, clock }: Dependencies): Finder => {
  /** Asks for the waiting crowd; what isn't the crowd's business comes back through `own`. */
  const askForAll = async (
    question: Question,
    rules: PolicyInForce,
    own: { answer?: Answer },
  ): Promise<Shared> => {
    const anonymous = asking.isArticle(question, rules);
    const answer = await asking.ask(question, rules);
    own.answer = answer;
    switch (answer.kind) {
      case 'unavailable':
        return answer;
      case 'article':
      case 'feed':
        return anonymous ? answer : 'again';
      default:
        return 'alone';
    }
  };

  const kept = (question: Pick<Question, 'target' | 'accept'>, now: number): Kept | undefined => {
    const [first, second] = keysFor(question);
    return shelf.get(first, now) ?? (second === undefined ? undefined : shelf.get(second, now));
  };

  /** What the origin no longer gives must not be given here much longer, while one in trouble is waited for. */
  const renew = async (question: Question, rules: PolicyInForce, stale: Kept): Promise<Shared> => {
    const { answer, status } = await askForNobody(question, (asked) => asking.ask(asked, rules));
    if (isWithdrawn(answer, status)) for (const key of keysFor(question)) if (key) shelf.drop(key, stale);
    return answer.kind === 'unavailable' ? answer : 'alone';
  };

  const find = async (question: Question, rules: PolicyInForce): Promise<Answer> => {
    if (rules.matcher.isIgnoredPath(question.path)) return asking.ask(question, rules);
    if (!mayShare(question, asking.isArticle(question, rules))) return asking.ask(question, rules);
    const now = clock();
    const known = kept(question, now);
    if (known && known.freshUntil > now) return known.found;
    const key = sharingKey(question);
    if (known) {
      // Answered from the shelf, so a failure to renew is nobody's error yet.
      shelf.share(key, () => renew(question, rules, known)).catch(() => undefined);
      return known.found;
    }
    if (asking.isForEachAlone(question)) return asking.ask(question, rules);
    const own: { answer?: Answer } = {};
    const answer = await shelf.share(key, () => askForAll(question, rules, own));
    if (own.answer) return own.answer;
    if (answer === 'alone') return asking.ask(question, rules);
    // Now that the path is known for an article's, one anonymous question serves everybody who waited.
    return answer === 'again' ? find(question, rules) : answer;
  };

  return {
    peek: (question, now) => {
      if (question.method !== 'GET' && question.method !== 'HEAD') return undefined;
      if (question.personal === 'named') return undefined;
      const known = kept(question, now);
      if (!known || known.freshUntil <= now) return undefined;
      // A reader's own cookies are left out of the question for an article only.
      return question.personal === 'no' || known.found.kind === 'article' ? known.found : undefined;
    },
    find,
    isArticle: asking.isArticle,
    forget: (targets) => targets.forEach(shelf.forget),
    forgetAll: () => shelf.clear(),
  };
};

/** Looks wait for those that they lead to, never for those that led to them: two pages that name each other must not wait for ever. */
const sharingKey = (question: Question): string =>
  question.hops ? `${askingKey(question)}\n${question.hops}` : askingKey(question);

/** `again`: an article, but asked in one reader's own words. `alone`: nobody else's business. */
type Shared = Found | 'again' | 'alone';
