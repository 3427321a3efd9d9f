/** Finds what stands at an address: on the shelf, or by asking the origin once for everybody who waits. */
import type { Clock } from '../ops/clock.ts';
import { type Answer, type Ask, mayShare, type Question } from './ask.ts';
import type { Found } from './found.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { Kept, Shelf } from './shelf.ts';

interface Dependencies {
  readonly shelf: Shelf;
  readonly asking: Ask;
  readonly clock: Clock;
}

export interface Finder {
  /** The shelf's answer, when it needs no question and no promise. */
  peek(
    question: Pick<Question, 'target' | 'accept' | 'personal' | 'method'>,
    now: number,
  ): Kept['found'] | undefined;
  find(question: Question, rules: PolicyInForce): Promise<Answer>;
  forgetAll(): void;
}

export const createFinder = ({ shelf, asking, clock }: Dependencies): Finder => {
  /** Asks for the waiting crowd; what isn't the crowd's business comes back through `own`. */
  const askForAll = async (
    question: Question,
    rules: PolicyInForce,
    own: { answer?: Answer },
  ): Promise<Shared> => {
    const anonymous = asking.isArticle(question.path, rules);
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

  const find = async (question: Question, rules: PolicyInForce): Promise<Answer> => {
    if (rules.matcher.isIgnoredPath(question.path)) return asking.ask(question, rules);
    if (!mayShare(question, asking.isArticle(question.path, rules)) || asking.isPlain(question.path)) {
      return asking.ask(question, rules);
    }
    const key = keyOf(question);
    const kept = shelf.get(key, clock());
    if (kept && kept.freshUntil > clock()) return kept.found;
    const own: { answer?: Answer } = {};
    const shared = shelf.share(key, () => askForAll(question, rules, own));
    if (kept) {
      // Answered from the shelf, so a failure to renew is nobody's error yet.
      shared.catch(() => undefined);
      return kept.found;
    }
    const answer = await shared;
    if (own.answer) return own.answer;
    if (answer === 'alone') return asking.ask(question, rules);
    // Now that the path is known for an article's, one anonymous question serves everybody who waited.
    return answer === 'again' ? find(question, rules) : answer;
  };

  return {
    peek: (question, now) => {
      if (question.method !== 'GET' && question.method !== 'HEAD') return undefined;
      if (question.personal === 'named') return undefined;
      const kept = shelf.get(keyOf(question), now);
      if (!kept || kept.freshUntil <= now) return undefined;
      // A reader's own cookies are left out of the question for an article only.
      return question.personal === 'no' || kept.found.kind === 'article' ? kept.found : undefined;
    },
    find,
    forgetAll: () => shelf.clear(),
  };
};

/** `again`: an article, but asked in one reader's own words. `alone`: nobody else's business. */
type Shared = Found | 'again' | 'alone';

/** Everybody who accepts HTML gets the page; whoever names something else may get another form of it. */
export const keyOf = ({ target, accept }: Pick<Question, 'target' | 'accept'>): string =>
  acceptsPage(accept) ? target : `${target}\n${accept}`;

const acceptsPage = (accept: string | undefined): boolean =>
  accept === undefined || accept.includes('text/html') || accept === '*/*';
