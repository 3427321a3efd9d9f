/** Explains what a reader gets of an article, under any policy: for the console, its API and the command line alike. */
import type { HeldAt, HeldText } from '../gate/held-at.ts';
import type { SeeAs, SeeAsRequest, Seen } from '../gate/see-as.ts';
import type { SeenReader } from '../gate/seen-reader.ts';
import type { CountedRead, MeterStore } from '../meter/meter-store.ts';
import { explainLines } from './explain.ts';
import { countedReads, type ExplainFacts, explainFacts } from './explain-facts.ts';

type Undecided = Exclude<Seen['kind'], 'page' | 'no-page'>;

export type Explained =
  | { readonly kind: 'decided'; readonly facts: ExplainFacts; readonly lines: readonly string[] }
  /** `held`: what the answer there holds of articles all the same, in words. */
  | { readonly kind: Undecided; readonly held: readonly string[] };

/** Counts and records nothing. Rejects only when the store can't be asked who a named reader is. */
export type ExplainView = (asked: SeeAsRequest) => Promise<Explained>;

interface Options {
  readonly seeAs: SeeAs;
  readonly heldAt: HeldAt;
  readonly meters: Pick<MeterStore, 'reads'>;
}

export const createExplainView =
  ({ seeAs, heldAt, meters }: Options): ExplainView =>
  async (asked) => {
    const seen = await seeAs(asked);
    if (!('decided' in seen)) {
      // A feed holds articles by its nature, and each is cut in it.
      const isDoor = seen.kind === 'not-an-article';
      const held = isDoor ? await heldAt(asked.address.target, asked.rules, asked.now) : [];
      return { kind: seen.kind, held: held.map(inWords) };
    }
    const counted = isSomebody(asked.reader) ? await countedOf(seen.decided, meters) : undefined;
    const facts = explainFacts(seen.decided, asked.now, counted);
    return { kind: 'decided', facts, lines: explainLines(facts) };
  };

const inWords = ({ article, access, letters }: HeldText): string =>
  `It holds ${letters.toLocaleString('en-GB')} letters of ${article} (${access}).`;

/** Whoever is made up has read so many articles, and none in particular. */
const isSomebody = ({ kind }: SeenReader): boolean => kind === 'named' || kind === 'numbered';

/** A store that is down shows in the decision; what is known besides is told all the same. */
const countedOf = (
  decided: Parameters<typeof countedReads>[0],
  meters: Options['meters'],
): Promise<readonly CountedRead[] | undefined> => countedReads(decided, meters).catch(() => undefined);
