/** Which readers' views are logged while there are more views than the log should take. */

export interface Sampling {
  /** How many readers this one stands for; undefined: another one stands for it. */
  weightOf(subject: string, at: number): number | undefined;
}

/** Of 2^20 readers one is logged at least, however many views there are. */
const mostHalvings = 20;

/**
 * Some readers are logged with every view and the others with none, since a reader's free reads can only be counted
 * again where all of them are known. The share is a power of a half by the rate of the second before: whoever is logged
 * at one share is logged at every larger one. A second that brings more than twice as many as it should halves at once.
 */
export const createSampling = (perSecond: number): Sampling => {
  let second = Number.NEGATIVE_INFINITY;
  let views = 0;
  let logged = 0;
  let halvings = 0;

  const beginSecond = (now: number): void => {
    // After a silent second the last one says nothing of what comes.
    const rate = now === second + 1 ? views : 0;
    halvings = Math.min(mostHalvings, Math.max(0, Math.ceil(Math.log2(rate / perSecond))));
    second = now;
    views = 0;
    logged = 0;
  };

  return {
    weightOf: (subject, at) => {
      const now = Math.floor(at / 1000);
      // A clock that steps back begins no second anew.
      if (now > second) beginSecond(now);
      views += 1;
      if (logged >= 2 * perSecond && halvings < mostHalvings) {
        halvings += 1;
        logged = 0;
      }
      const weight = 2 ** halvings;
      if ((spread(subject) & (weight - 1)) !== 0) return undefined;
      logged += 1;
      return weight;
    },
  };
};

/** FNV-1a with its high bits brought down: evenly spread, and cheap enough for every view of a busy site. */
const spread = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};
