/** The console's parts beyond its doors, each put together from the rooms that it shows. */

import { purgeArea } from '../console/api/purge-calls.ts';
import type { Area } from '../console/area.ts';
import { cutoffsArea } from '../console/cutoffs/cutoffs-area.ts';
import { insightArea } from '../console/insight/insight-area.ts';
import { limitsArea } from '../console/limits/limits-area.ts';
import { lookingArea } from '../console/looking/looking-area.ts';
import { messagesArea } from '../console/messages/messages-area.ts';
import type { Audit } from '../console/operators/audit.ts';
import { plansArea } from '../console/plans/plans-area.ts';
import { readersArea } from '../console/readers/readers-area.ts';
import { replayArea } from '../console/replay/replay-area.ts';
import { rulesArea } from '../console/rules/rules-area.ts';
import { versionsArea } from '../console/versions/versions-area.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import { randomText } from '../ops/random.ts';
import type { Selling } from './compose-billing.ts';
import { composeExplaining } from './compose-explaining.ts';
import type { Gate } from './compose-gate.ts';
import type { Readers } from './compose-readers.ts';
import type { Base } from './open-base.ts';

export interface AreaOptions extends Base {
  readonly gate: Gate;
  readonly readers: Readers;
  readonly meters: MeterStore;
  /** Absent: nothing is sold here. */
  readonly selling?: Selling;
  /** What an address of this site may name. */
  readonly hosts: readonly string[];
  readonly publicUrl: string;
  /** Aborted before the stores are closed. */
  readonly closing: AbortSignal;
}

export const composeAreas = (options: AreaOptions, audit: Audit): readonly Area[] => [
  cutoffsArea({
    seeAs: options.gate.seeAs,
    catalogue: options.catalogue,
    hosts: options.hosts,
    readersClock: options.clock,
  }),
  messagesArea({ readersClock: options.clock }),
  insightArea({
    store: options.stores.insight,
    policy: () => options.inForce().policy,
    clock: options.clock,
  }),
  limitsArea(limitsOf(options)),
  lookingArea(lookingOf(options)),
  plansArea(plansOf(options)),
  purgeArea({ purges: options.gate.purges, hosts: options.hosts, audit }),
  readersArea(readersOf(options, audit)),
  replayArea({ log: options.stores.decisionLog, closing: options.closing }),
  rulesArea(rulesOf(options)),
  versionsArea({ timeZone: () => options.inForce().policy.site.timeZone }),
];

const lookingOf = (options: AreaOptions) => ({
  ...composeExplaining(options),
  seeAs: options.gate.seeAs,
  hosts: options.hosts,
  clock: options.clock,
  catalogue: options.catalogue,
  readers: options.stores.readers,
});

const limitsOf = ({ inForce, stores, clock }: AreaOptions) => ({
  inForce: () => inForce().policy,
  insight: stores.insight,
  clock,
});

const plansOf = ({ inForce, selling, stripe }: AreaOptions) => ({
  inForce,
  ...(selling && stripe.billing ? { prices: { offer: selling.offer, billing: stripe.billing } } : {}),
  isSandbox: stripe.isSandbox,
});

const readersOf = (
  { stores, meters, selling, inForce, clock, stripe, settings }: AreaOptions,
  audit: Audit,
) => ({
  stores,
  meters,
  ...(selling ? { refresh: selling.refresh } : {}),
  audit,
  policy: () => inForce().policy,
  siteNow: clock,
  random: randomText,
  // Another server that answers like Stripe has no dashboard there.
  ...(stripe.billing && settings.stripe && settings.stripe.apiBase === undefined
    ? { mode: stripe.billing.live ? ('live' as const) : ('test' as const) }
    : {}),
});

const rulesOf = ({ inForce, gate, hosts, catalogue, stores, clock }: AreaOptions) => ({
  policy: () => inForce().policy,
  seeAs: gate.seeAs,
  hosts,
  catalogue,
  insight: stores.insight,
  decisionLog: stores.decisionLog,
  siteClock: clock,
});
