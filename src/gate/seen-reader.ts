/** The readers as whom a page can be seen, and what is decided about them: made up, or somebody's own, only looked at. */
import type { Entitlement, EntitlementId, Source } from '../entitlements/entitlement.ts';
import type { LiveView } from '../entitlements/live-view.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import type { ProductId } from '../policy/policy.ts';
import type { Asker } from '../readers/asker.ts';
import { readerCountedAs, visitorCountedAs } from '../readers/counted-as.ts';
import type { DeviceId, Email, ReaderId, VisitorId } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import { readVisitorNumber } from '../readers/visitor-number.ts';

export type SeenReader =
  /** Has read so many articles of the meter that the article is ruled by; this one isn't among them. */
  | { readonly kind: 'visitor' | 'registered'; readonly reads: number }
  /** Holds every one of the products: by a subscription, a pass, a comp, a gift … */
  | {
      readonly kind: 'entitled';
      readonly source: Source;
      readonly products: readonly ProductId[];
      /** Milliseconds. */
      readonly endsAt: number;
      /** Money is owed: it is all over at `endsAt`. */
      readonly paymentDue?: true;
      /** For articles that another product opens. Default: 0. */
      readonly reads?: number;
    }
  /** Comes without cookies, each time a new visitor's first read. */
  | { readonly kind: 'crawler' }
  /** Somebody whom the origin knows for its own. */
  | { readonly kind: 'staff' }
  /** Their own entitlements and reads, as they are. */
  | { readonly kind: 'named'; readonly email: Email }
  /** The same, by the number at the foot of their pages. */
  | { readonly kind: 'numbered'; readonly number: string };

/** Who asks, and what answers about them. */
export interface Standpoint {
  readonly asker: Asker;
  readonly liveView: LiveView;
  readonly meters: MeterStore;
}

export interface StandpointSources {
  readonly liveView: LiveView;
  readonly meters: MeterStore;
  /** The meters as they'd answer about somebody who has read so much. */
  readonly metersAfter: (reads: number) => MeterStore;
  readonly readers: Pick<ReaderStore, 'byEmail'>;
}

export type StandpointOf = (reader: SeenReader, now: number) => Promise<Standpoint | 'unknown-reader'>;

/** The promise rejects when the store that knows a named reader's address can't be asked. */
export const createStandpoints = ({
  liveView,
  meters,
  metersAfter,
  readers,
}: StandpointSources): StandpointOf => {
  const madeUp = (asker: Asker, reads: number, held: readonly Entitlement[] = []): Standpoint => ({
    asker,
    liveView: { peek: () => held, of: async () => held, lastHeard: () => undefined },
    meters: metersAfter(reads),
  });
  return async (reader, now) => {
    switch (reader.kind) {
      case 'visitor':
        return madeUp(visitorAsker(nobody), reader.reads);
      case 'crawler':
        return madeUp(visitorAsker(nobody), 0);
      case 'staff':
        return madeUp({ ...visitorAsker(nobody), staff: true }, 0);
      case 'registered':
        return madeUp(readerAsker(somebody), reader.reads);
      case 'entitled':
        return madeUp(readerAsker(somebody), reader.reads ?? 0, entitlementsOf(reader, now));
      case 'named': {
        const record = await readers.byEmail(reader.email);
        return record ? { asker: readerAsker(record.id), liveView, meters } : 'unknown-reader';
      }
      case 'numbered': {
        const number = readVisitorNumber(reader.number);
        if (!number) return 'unknown-reader';
        const asker = number.kind === 'reader' ? readerAsker(number.id) : visitorAsker(number.id);
        return { asker, liveView, meters };
      }
      default:
        return reader satisfies never;
    }
  };
};

/** Ids that nobody is given: these readers have never been here. */
const nobody = 'seen-as.nobody' as VisitorId;
const somebody = 'seen-as' as ReaderId;

/** An asker who came with a token of this reader's, whose snapshot of entitlements nobody has. */
export const readerAsker = (id: ReaderId): Asker => {
  const { subject, slot } = readerCountedAs(id);
  return {
    reader: { id, device: 'seen-as' as DeviceId, snapshot: [], snapshotAt: 0 },
    visitor: `reader.${id}` as VisitorId,
    newVisitor: false,
    meterSubject: subject,
    meterSlot: slot,
  };
};

export const visitorAsker = (visitor: VisitorId): Asker => {
  const { subject, slot } = visitorCountedAs(visitor);
  return { visitor, newVisitor: false, meterSubject: subject, meterSlot: slot };
};

const entitlementsOf = (
  { source, products, endsAt, paymentDue }: Extract<SeenReader, { kind: 'entitled' }>,
  now: number,
): readonly Entitlement[] =>
  products.map((product) => ({
    id: `seen-as/${product}` as EntitlementId,
    product,
    source,
    startsAt: Math.min(now, endsAt),
    endsAt,
    ...(paymentDue ? { paymentDue } : {}),
  }));
