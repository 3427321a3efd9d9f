/** The list of rules as it is shown: by itself, and where a form has to be answered with it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../ops/clock.ts';
import type { ConsoleShared } from '../area.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { mayChange } from '../draft/may-change.ts';
import type { LookAtRules } from './look-at-rules.ts';
import type { OfferValues } from './offer-values.ts';
import { rulesDiffer } from './rules-list.ts';
import { type RulesFacts, renderRulesPage } from './rules-page.tsx';
import type { TryAddress } from './try-address.ts';

export interface RulesOptions extends ConsoleShared {
  readonly look: LookAtRules;
  readonly tryAddress: TryAddress;
  readonly offerValues: OfferValues;
  /** The time that articles' ages go by. */
  readonly siteClock: Clock;
  /** IANA name: the site's. */
  readonly timeZone: () => string;
}

export const rulesPath = '/-/console/rules';

type More = Pick<RulesFacts, 'notice' | 'fault' | 'would' | 'tried'> & { readonly desk?: DeskView };

export const showRules = async (
  options: Pick<RulesOptions, 'desk' | 'look' | 'operatorOf' | 'showPage'>,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  more: More,
): Promise<void> => {
  const desk = more.desk ?? (await options.desk.view());
  const isUsable = desk.working.policy !== undefined;
  const facts = {
    ...more,
    desk,
    list: await options.look.list(desk, isUsable ? 'working' : 'published'),
    mayEdit: mayChange(options.operatorOf(request), desk),
    differs: rulesDiffer(desk),
  };
  options.showPage(request, response, status, (frame) => renderRulesPage(frame, facts));
};
