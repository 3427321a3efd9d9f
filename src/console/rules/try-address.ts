/** Which rule an article's address falls under, and why under none of those above: now, and in the draft. */
import type { Article } from '../../article/article.ts';
import { askedAddress } from '../../gate/asked-address.ts';
import type { PolicyInForce } from '../../gate/policy-in-force.ts';
import type { SeeAs } from '../../gate/see-as.ts';
import { explainFacts, type RuleStep } from '../../insight/explain-facts.ts';

export type Tried =
  | { readonly kind: 'article'; readonly article: Article; readonly steps: readonly RuleStep[] }
  /** No rule is asked. `feed`: each of its entries falls under the rule of its own address. */
  | { readonly kind: 'not-an-article' | 'feed' | 'unavailable' };

/** Undefined for what is no address of this site. Rejects when the store can't be asked. */
export type TryAddress = (address: string, rules: PolicyInForce, now: number) => Promise<Tried | undefined>;

interface Options {
  readonly seeAs: SeeAs;
  readonly hosts: readonly string[];
}

export const createTryAddress =
  ({ seeAs, hosts }: Options): TryAddress =>
  async (address, rules, now) => {
    const asked = askedAddress(address, hosts);
    if (asked === undefined) return undefined;
    // Rules look at the article alone; some reader has to ask for it.
    const seen = await seeAs({ address: asked, reader: { kind: 'visitor', reads: 0 }, rules, now });
    if (seen.kind === 'page' || seen.kind === 'no-page') {
      const { article, rules: steps } = explainFacts(seen.decided, now);
      return { kind: 'article', article, steps };
    }
    return { kind: seen.kind === 'unknown-reader' ? 'unavailable' : seen.kind };
  };
