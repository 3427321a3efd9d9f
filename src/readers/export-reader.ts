/** Everything that Gatefold knows of a reader, as one document for that reader. */
import type { Entitlement } from '../entitlements/entitlement.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import { type OpenWindow, windowAt } from '../meter/window.ts';
import type { Meter, Policy } from '../policy/policy.ts';
import { readerCountedAs } from './counted-as.ts';
import type { ReaderId } from './reader.ts';
import type { ReaderBilling } from './reader-billing.ts';
import type { ReaderStore } from './reader-store.ts';

/** Ready for `JSON.stringify`; times are ISO 8601. Undefined: there is no such reader. */
export type ExportReader = (
  reader: ReaderId,
  now: number,
) => Promise<Readonly<Record<string, unknown>> | undefined>;

interface Options {
  readonly store: Pick<ReaderStore, 'byId' | 'devices'>;
  readonly entitlementsOf: (reader: ReaderId) => Promise<readonly Entitlement[]>;
  readonly meters: Pick<MeterStore, 'reads'>;
  readonly policy: () => Policy;
  /** Absent: nothing is sold here. */
  readonly billing?: Pick<ReaderBilling, 'exported'>;
}

export const createExportReader =
  ({ store, entitlementsOf, meters, policy, billing }: Options): ExportReader =>
  async (reader, now) => {
    const record = await store.byId(reader);
    if (!record) return undefined;
    const { site, meters: all } = policy();
    const [devices, entitlements, freeReads, customers] = await Promise.all([
      store.devices(reader),
      entitlementsOf(reader),
      Promise.all(all.map((meter) => readsOf(meters, meter, reader, site.timeZone, now))),
      billing?.exported(reader) ?? [],
    ]);
    const known = { site: site.name, exportedAt: now, reader: record, devices, entitlements, freeReads };
    return inWords({ ...known, customers }) as Readonly<Record<string, unknown>>;
  };

/** Of the window that is open now: what was read in earlier ones is forgotten when they end. */
const readsOf = async (
  meters: Options['meters'],
  { id, window: rule }: Meter,
  reader: ReaderId,
  timeZone: string,
  now: number,
) => {
  const window = windowAt(rule, timeZone, now);
  const articles = await meters.reads({ meter: id, ...readerCountedAs(reader), window, now });
  return { meter: id, ...spanOf(window, now), articles };
};

const spanOf = (window: OpenWindow, now: number) =>
  window.kind === 'calendar'
    ? { startsAt: window.startsAt, endsAt: window.endsAt }
    : { startsAt: now - window.lengthMs, endsAt: now };

/** Times are recognised by their names: every one in the product is called `…At` or `…Since`. */
const inWords = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      /(?:At|Since)$/.test(name) && typeof each === 'number' ? asDate(each) : inWords(each),
    ]),
  );
};

/** Beyond what a date can be, it stays the number it is. */
const asDate = (at: number): string | number => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : at);
