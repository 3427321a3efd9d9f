/** Everything that the publisher can know of one reader: rights with their sources, Stripe's word beside ours, devices, free reads. */
import type { CustomerRecord, CustomerStore } from '../../billing/customer-store.ts';
import { sameRights } from '../../billing/drift.ts';
import type { CustomerId } from '../../billing/subscription.ts';
import { derive } from '../../entitlements/derive.ts';
import { type Entitlement, isActive } from '../../entitlements/entitlement.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { CountedRead, MeterStore } from '../../meter/meter-store.ts';
import { type OpenWindow, windowAt } from '../../meter/window.ts';
import type { Meter, Policy } from '../../policy/policy.ts';
import { readerCountedAs } from '../../readers/counted-as.ts';
import type { DeviceRecord, ReaderId, ReaderRecord } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';

export interface ReaderSheet {
  readonly reader: ReaderRecord;
  /** Those that hold now first, then those to come, then those that ended. */
  readonly entitlements: readonly HeldEntitlement[];
  readonly customers: readonly CustomerSheet[];
  /** The one that was seen last first. */
  readonly devices: readonly DeviceRecord[];
  readonly meters: readonly MeterSheet[];
  readonly now: number;
}

export interface HeldEntitlement extends Entitlement {
  readonly standing: 'active' | 'coming' | 'ended';
  /** False: it follows from Stripe, and is ended there. */
  readonly ours: boolean;
}

export interface CustomerSheet extends CustomerRecord {
  /** `payer`: this reader's browser paid, and the account is another's. */
  readonly as: 'owner' | 'payer';
  /** What Stripe's word, as last read, gives; and what the reader holds by it. */
  readonly due: readonly Entitlement[];
  readonly held: readonly Entitlement[];
  readonly inStep: boolean;
}

export interface MeterSheet {
  readonly meter: Meter;
  readonly window: OpenWindow;
  /** Oldest first. */
  readonly reads: readonly CountedRead[];
}

/** Undefined: there is no such reader. Rejects when a store can't be asked. @param now milliseconds, by the site's clock */
export type SheetOf = (reader: ReaderId, now: number) => Promise<ReaderSheet | undefined>;

interface Options {
  readonly readers: Pick<ReaderStore, 'byId' | 'devices'>;
  readonly entitlements: Pick<EntitlementStore, 'of'>;
  readonly customers: Pick<CustomerStore, 'customersOf'>;
  readonly meters: Pick<MeterStore, 'reads'>;
  readonly policy: () => Policy;
}

export const createSheetOf =
  ({ readers, entitlements, customers, meters, policy }: Options): SheetOf =>
  async (id, now) => {
    const reader = await readers.byId(id);
    if (!reader) return undefined;
    const inForce = policy();
    const [held, records, devices, readings] = await Promise.all([
      entitlements.of(id),
      customers.customersOf(id),
      readers.devices(id),
      Promise.all(inForce.meters.map((meter) => readingOf(meters, meter, id, inForce.site.timeZone, now))),
    ]);
    return {
      reader,
      entitlements: held.map((each) => withStanding(each, now)).sort(inOrder),
      customers: records
        .map((record) => sheetOfCustomer(record, id, held, inForce, now))
        .sort((one, other) => (one.id < other.id ? -1 : 1)),
      devices: devices.toSorted((one, other) => other.lastSeenAt - one.lastSeenAt),
      meters: readings,
      now,
    };
  };

/** Stripe's give way to Stripe alone: the next reading would bring them back. */
export const isOurs = ({ source }: Pick<Entitlement, 'source'>): boolean =>
  source !== 'subscription' && source !== 'pass';

export const byCustomer = (list: readonly Entitlement[], customer: CustomerId): readonly Entitlement[] =>
  list.filter(({ id }) => id.startsWith(`${customer}/`));

const withStanding = (each: Entitlement, now: number): HeldEntitlement => ({
  ...each,
  standing: isActive(each, now) ? 'active' : now < each.startsAt ? 'coming' : 'ended',
  ours: isOurs(each),
});

const places = { active: 0, coming: 1, ended: 2 } as const;

const inOrder = (one: HeldEntitlement, other: HeldEntitlement): number =>
  places[one.standing] - places[other.standing] || other.endsAt - one.endsAt || (one.id < other.id ? -1 : 1);

const sheetOfCustomer = (
  record: CustomerRecord,
  reader: ReaderId,
  all: readonly Entitlement[],
  policy: Policy,
  now: number,
): CustomerSheet => {
  const due = record.state ? derive(record.state, policy, now) : [];
  const held = byCustomer(all, record.id).filter(({ endsAt }) => now < endsAt);
  const as = record.owner === reader ? 'owner' : 'payer';
  return { ...record, as, due, held, inStep: sameRights(held, due, now) };
};

const readingOf = async (
  meters: Options['meters'],
  meter: Meter,
  reader: ReaderId,
  timeZone: string,
  now: number,
): Promise<MeterSheet> => {
  const window = windowAt(meter.window, timeZone, now);
  const reads = await meters.reads({ meter: meter.id, ...readerCountedAs(reader), window, now });
  return { meter, window, reads };
};
