/** Under which name free reads are counted for a visitor and for a reader, and what they are kept beside. */
import type { MeterSubject } from '../meter/meter-store.ts';
import type { ReaderId, VisitorId } from './reader.ts';

export interface CountedAs {
  readonly subject: MeterSubject;
  readonly slot: string;
}

/** Beside its network's count of new visitors, so that both are checked in one step. */
export const visitorCountedAs = (id: VisitorId): CountedAs => ({
  subject: `v:${id}` as MeterSubject,
  slot: id.slice(0, id.indexOf('.')),
});

export const readerCountedAs = (id: ReaderId): CountedAs => ({
  subject: `r:${id}` as MeterSubject,
  slot: id,
});
