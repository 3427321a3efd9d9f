/** Rules: their list and forms, and their calls. */
import type { Catalogue } from '../../gate/catalogue.ts';
import type { SeeAs } from '../../gate/see-as.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Area } from '../area.ts';
import { createLookAtRules, type LookOptions } from './look-at-rules.ts';
import { createOfferValues } from './offer-values.ts';
import { rulesCalls } from './rules-calls.ts';
import { rulesRoutes } from './rules-routes.ts';
import { createTryAddress } from './try-address.ts';

interface Options extends Pick<LookOptions, 'insight' | 'decisionLog'> {
  readonly seeAs: SeeAs;
  /** What an address of this site may name. */
  readonly hosts: readonly string[];
  readonly catalogue: Pick<Catalogue, 'moreFrom'>;
  readonly policy: () => Policy;
  /** The time that views and articles' ages go by. */
  readonly siteClock: Clock;
}

export const rulesArea =
  ({ insight, decisionLog, seeAs, hosts, catalogue, policy, siteClock }: Options): Area =>
  (shared) => {
    const { report } = shared;
    const onMalformed = (id: string): void =>
      report(new Error(`Part ${id} of the decision log can't be read.`));
    const log = { decisionLog, onMalformed, clock: siteClock };
    const both = {
      ...shared,
      look: createLookAtRules({ ...log, insight }),
      tryAddress: createTryAddress({ seeAs, hosts }),
      siteClock,
    };
    const offerValues = createOfferValues({ ...log, catalogue, report });
    const timeZone = (): string => policy().site.timeZone;
    return { pages: rulesRoutes({ ...both, offerValues, timeZone }), calls: rulesCalls(both) };
  };
