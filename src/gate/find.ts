/** Finds what stands at an address: on the shelf, or by asking the origin once for everybody who waits. */
import type { Clock } from '../ops/clock.ts';
import { type Answer, type Ask, mayShare } from './ask.ts';
import { askForNobody, isWithdrawn } from './ask-for-nobody.ts';
import type { Dependences } from './dependence.ts';
import type { Found } from './found.ts';
import type { Question } from './origin-question.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { ShortQuestion } from './question.ts';
import type { Kept, Shelf } from './shelf.ts';
import { askingKey, keysFor } from './shelf-keys.ts';
import { plainCopy, type Variation, variationFor } from './variation.ts';

interface Dependencies {
  readonly shelf: Shelf;
  readonly asking: Ask;
  readonly dependences: Pick<Dependences, 'at' | 'clear'>;
  readonly clock: Clock;
}

export interface Finder {
  /** The shelf's answer, when it needs no question and no promise. */
  peek(question: ShortQuestion, now: number, rules: PolicyInForce): Kept['found'] | undefined;
  find(question: Question, rules: PolicyInForce): Promise<Answer>;
  /** By the policy, or by what an earlier answer taught. */
  isArticle: Ask['isArticle'];
  /** What stands at these addresses has changed. */
  forget(targets: readonly string[]): void;
  /** The same of every copy that is such; how many were kept. */
  forgetWhere: Shelf['forgetWhere'];
  forgetAll(): void;
}

type Asked = Pick<Question, 'target' | 'accept' | 'said' | 'personal' | 'hops'>;

export const createFinder = ({ shelf, asking, dependences, clock }: Dependencies): Finder => {
  /** `own`: nothing that is kept or shared will do for this reader. */
  const variationOf = (question: Asked, { policy }: PolicyInForce, now: number): Variation => {
    const { vary } = policy.originCache;
    const known = dependences.at(question.target, now);
    if (!known && vary.length === 0) return plainCopy;
    if (question.hops === undefined && known?.alone) return { kind: 'own' };
    const names = known?.names ?? [];
    const fine = variationFor(names, question, policy.originCache);
    if (fine.kind === 'own' || fine.name === '' || !shelf.isCrowded(question.target)) return fine;
    if (kept(inVariation(question, fine), now)) return fine;
    return variationFor(names, question, policy.originCache, true);
  };

  const kept = (
    question: Pick<Question, 'target' | 'accept' | 'variation' | 'hops'>,
    now: number,
  ): Kept | undefined => {
    for (const key of keysFor(question)) {
      const entry = shelf.get(key, now);
      if (entry) return entry;
    }
    return undefined;
  };

  /** Asks for the waiting crowd; what isn't the crowd's business comes back through `own`. */
  const askForAll = async (
    question: Question,
    rules: PolicyInForce,
    own: { answer?: Answer },
  ): Promise<Shared> => {
    const anonymous = asking.isArticle(question, rules);
    const answer = await asking.askInWords(question, rules, () => isStill(question, rules));
    if (answer === 'in-other-words') return 'again';
    // Asked in this reader's own words it is theirs, whatever it depends on; and so is what is on its way to them.
    if (!anonymous || answer.kind === 'streamed' || answer.kind === 'held' || isStill(question, rules))
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

  /** What was just answered may say that it depends on more than it was asked with. */
  const isStill = (question: Question, rules: PolicyInForce): boolean => {
    const variation = variationOf(question, rules, clock());
    return variation.kind === 'shared' && variation.name === (question.variation?.name ?? '');
  };

  /** What the origin no longer gives must not be given here much longer, while one in trouble is waited for. */
  const renew = async (question: Question, rules: PolicyInForce, stale: Kept): Promise<Shared> => {
    const { found, head } = stale;
    const { answer, status } = await askForNobody({ ...question, kept: { head, raw: found.raw } }, (asked) =>
      asking.ask(asked, rules),
    );
    if (isWithdrawn(answer, status)) for (const key of keysFor(question)) shelf.drop(key, stale);
    return answer.kind === 'unavailable' ? answer : 'alone';
  };

  /** A page for each reader is asked for nobody now and then, too: its text must go on being known. */
  const askOwn = (question: Question, rules: PolicyInForce, now: number): Promise<Answer> => {
    if (question.method === 'GET' && dependences.at(question.target, now)?.isOld) {
      shelf
        .share(`${question.target}\nold`, () => askForNobody(question, (asked) => asking.ask(asked, rules)))
        .catch(() => undefined);
    }
    return asking.ask({ ...question, shareable: false }, rules);
  };

  const find = async (asked: Question, rules: PolicyInForce, turns = 0): Promise<Answer> => {
    if (rules.matcher.isIgnoredPath(asked.path)) return asking.ask(asked, rules);
    const isArticle = asking.isArticle(asked, rules);
    if (!mayShare(asked, isArticle)) return asking.ask(asked, rules);
    const now = clock();
    const variation = variationOf(asked, rules, now);
    if (isArticle && (variation.kind === 'own' || turns > mostTurns)) return askOwn(asked, rules, now);
    const question = variation.kind === 'own' ? asked : inVariation(asked, variation);
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
    if (answer !== 'again' && isStill(question, rules))
      return answer === 'alone' ? asking.ask(question, rules) : answer;
    // Now that the path is known for an article's, and what it depends on, one question serves all who want the same.
    return find(asked, rules, turns + 1);
  };

  return {
    peek: (question, now, rules) => {
      if (question.method !== 'GET' && question.method !== 'HEAD') return undefined;
      if (question.personal === 'named') return undefined;
      const variation = variationOf(question, rules, now);
      if (variation.kind === 'own') return undefined;
      const known = kept(inVariation(question, variation), now);
      if (!known || known.freshUntil <= now) return undefined;
      // A reader's own cookies are left out of the question for an article only.
      return question.personal === 'no' || known.found.kind === 'article' ? known.found : undefined;
    },
    find,
    isArticle: asking.isArticle,
    forget: (targets) => targets.forEach(shelf.forget),
    forgetWhere: shelf.forgetWhere,
    forgetAll: () => {
      shelf.clear();
      dependences.clear();
    },
  };
};

/** Each turn an answer may name one more header that it depends on. */
const mostTurns = 4;

const inVariation = <Q extends Asked>(
  question: Q,
  variation: Exclude<Variation, { kind: 'own' }>,
): Q & Pick<Question, 'variation'> => (variation.name === '' ? question : { ...question, variation });

/** Looks wait for those that they lead to, never for those that led to them: two pages that name each other must not wait for ever. */
const sharingKey = (question: Question): string =>
  question.hops ? `${askingKey(question)}\n${question.hops}` : askingKey(question);

/** `again`: an article, but asked in one reader's own words. `alone`: nobody else's business. */
type Shared = Found | 'again' | 'alone';
