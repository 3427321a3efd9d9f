/** Which rules count by a meter or are opened by a product, what applies to all other articles included. */
import type { MeterId, Policy, ProductId, RuleId, RuleTerms } from '../../policy/policy.ts';
import { listInWords } from '../../policy/words/list-in-words.ts';

export interface RulesInUse {
  readonly rules: readonly RuleId[];
  /** What applies where no rule holds uses it too. */
  readonly otherwise: boolean;
}

type Ruled = Pick<Policy, 'rules' | 'otherwise'>;

export const rulesOfMeter = (policy: Ruled, id: MeterId): RulesInUse =>
  inUse(policy, ({ meter }) => meter === id);

/** Open articles need no product. */
export const rulesOfProduct = (policy: Ruled, id: ProductId): RulesInUse =>
  inUse(
    policy,
    ({ access, ownLevelFirst, products }) =>
      (ownLevelFirst === true || access === 'metered' || access === 'locked') && products.includes(id),
  );

export const isInUse = ({ rules, otherwise }: RulesInUse): boolean => rules.length > 0 || otherwise;

/** Such as `the rules news and food, and what applies to all other articles`. */
export const usersInWords = ({ rules, otherwise }: RulesInUse): string =>
  [
    rules.length === 0 ? [] : `the ${rules.length === 1 ? 'rule' : 'rules'} ${listInWords(rules, 'and')}`,
    otherwise ? 'what applies to all other articles' : [],
  ]
    .flat()
    .join(', and ');

const inUse = ({ rules, otherwise }: Ruled, uses: (terms: RuleTerms) => boolean): RulesInUse => ({
  rules: rules.filter(uses).map(({ id }) => id),
  // Beside a rule that holds for every article nothing is left over.
  otherwise: !rules.some(({ when }) => Object.keys(when).length === 0) && uses(otherwise),
});
