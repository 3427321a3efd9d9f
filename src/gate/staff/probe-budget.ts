/** How many questions about people whom the origin may not know are asked: forged credentials cost nothing to make. */
import { LRUCache } from 'lru-cache';

export interface ProbeBudget {
  spend(network: string, now: number): Spent | 'too-many';
}

export interface Spent {
  /** It was staff: such questions are as many as staff there is, and an office of editors has one network. */
  giveBack(): void;
  /** The question is over. */
  end(): void;
}

/** In a minute, about strangers of one network; leave room for the members of a campus. */
const perNetwork = 240;
/** At once, of all networks together. */
const atOnce = 64;
const minuteMs = 60_000;
const mostNetworks = 20_000;

export const createProbeBudget = (): ProbeBudget => {
  const networks = new LRUCache<string, { spent: number; readonly until: number }>({ max: mostNetworks });
  let underWay = 0;
  return {
    spend: (network, now) => {
      const known = networks.get(network);
      const minute = known && known.until > now ? known : { spent: 0, until: now + minuteMs };
      if (minute !== known) networks.set(network, minute);
      if (underWay >= atOnce || minute.spent >= perNetwork) return 'too-many';
      minute.spent += 1;
      underWay += 1;
      return {
        giveBack: () => {
          minute.spent -= 1;
        },
        end: () => {
          underWay -= 1;
        },
      };
    },
  };
};
