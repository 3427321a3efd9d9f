/** Asks the origin whose credentials these are, once however many wait, and keeps what it said for a minute. */
import { createHmac, createSecretKey } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../ops/clock.ts';
import type { Credentials } from './credentials.ts';
import { createProbeBudget } from './probe-budget.ts';
import { type ProbeAnswer, type StaffVerdict, verdictOf } from './verdict.ts';

/** Whoever is asked about, as far as the question needs it. */
export interface ProbeAsker {
  readonly userAgent: string | undefined;
  /** The `X-Forwarded-For` to send. */
  readonly forwardedFor: string;
  /** The tag of their network. */
  readonly network: string;
}

/** Never rejects. Without credentials: as a stranger. */
export type AskProbe = (
  address: string,
  credentials: Credentials | undefined,
  asker: Pick<ProbeAsker, 'userAgent' | 'forwardedFor'> | undefined,
) => Promise<ProbeAnswer>;

export interface Verdicts {
  /** At once where it is known. Never rejects. */
  of(address: string, credentials: Credentials, asker: ProbeAsker): StaffVerdict | Promise<StaffVerdict>;
}

interface Options {
  readonly ask: AskProbe;
  /** Credentials are kept as hashes by this key. */
  readonly key: Buffer;
  readonly clock: Clock;
  /** Told of each question, by how it ended. */
  readonly onAsked: (ended: 'staff' | 'stranger' | 'unknown' | 'too-many') => void;
  /** Told when a probe is found to be answered with success to strangers too, and so to prove nothing. */
  readonly onOpenProbe: (address: string) => void;
}

const keptMs = 60_000;
/** A question in vain isn't repeated by each request that would like to know. */
const troubleMs = 3_000;
const strangersKeptMs = 600_000;
/** Apart, so that no number of forged credentials pushes out who was staff. */
const mostStaff = 5_000;
const mostOthers = 20_000;

export const createVerdicts = ({ ask, key, clock, onAsked, onOpenProbe }: Options): Verdicts => {
  const secret = createSecretKey(key);
  const staff = new LRUCache<string, Kept>({ max: mostStaff });
  const others = new LRUCache<string, Kept>({ max: mostOthers });
  const asking = new Map<string, Promise<StaffVerdict>>();
  const strangers = createStrangersAnswers({ ask, clock, onOpenProbe });
  const budget = createProbeBudget();

  const askAnew = async (
    address: string,
    credentials: Credentials,
    asker: ProbeAsker,
  ): Promise<StaffVerdict> => {
    const answer = await ask(address, credentials, asker);
    return verdictOf(answer, () => strangers(address));
  };

  const keep = (name: string, verdict: StaffVerdict): void => {
    const entry = { verdict, until: clock() + (verdict === 'unknown' ? troubleMs : keptMs) };
    // Whose question came to nothing isn't a stranger for that.
    const isStaff = verdict === 'staff' || (verdict === 'unknown' && staff.has(name));
    (isStaff ? staff : others).set(name, entry);
    if (!isStaff) staff.delete(name);
  };

  return {
    of: (address, credentials, asker) => {
      const now = clock();
      const name = nameFor(secret, address, credentials);
      const known = staff.get(name) ?? others.get(name);
      if (known && known.until > now) return known.verdict;
      const waiting = asking.get(name);
      if (waiting) return waiting;
      // Who was staff when last asked about is asked about again, however many strangers knock.
      const spent = staff.has(name) ? undefined : budget.spend(asker.network, now);
      if (spent === 'too-many') {
        onAsked('too-many');
        return 'unknown';
      }
      const asked = askAnew(address, credentials, asker).then((verdict) => {
        if (verdict === 'staff') spent?.giveBack();
        spent?.end();
        asking.delete(name);
        onAsked(verdict);
        keep(name, verdict);
        return verdict;
      });
      asking.set(name, asked);
      return asked;
    },
  };
};

interface Kept {
  readonly verdict: StaffVerdict;
  /** Milliseconds; what it said is remembered beyond, and asked again. */
  readonly until: number;
}

/** The parts as a list, so that no two different ones run together into the same text. */
const nameFor = (
  secret: ReturnType<typeof createSecretKey>,
  address: string,
  { cookie, authorization, nonce }: Credentials,
): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([address, cookie, authorization, nonce]))
    .digest('base64url');

/** What strangers get to a probe: asked when it first matters, and kept longer. */
const createStrangersAnswers = ({
  ask,
  clock,
  onOpenProbe,
}: Pick<Options, 'ask' | 'clock' | 'onOpenProbe'>): ((address: string) => Promise<ProbeAnswer>) => {
  const kept = new LRUCache<string, { readonly answer: Promise<ProbeAnswer>; until: number }>({ max: 100 });
  return (address) => {
    const known = kept.get(address);
    if (known && known.until > clock()) return known.answer;
    const answer = ask(address, undefined, undefined);
    const entry = { answer, until: Number.POSITIVE_INFINITY };
    kept.set(address, entry);
    return answer.then((said) => {
      entry.until = clock() + (said === 'trouble' ? troubleMs : strangersKeptMs);
      if (said === 'success') onOpenProbe(address);
      return said;
    });
  };
};
