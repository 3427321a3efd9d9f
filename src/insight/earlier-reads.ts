/** What a logged view tells of free reads that the log itself doesn't hold: made before it began, or not logged. */
import { type OpenWindow, windowAt } from '../meter/window.ts';
import type { Meter, Policy } from '../policy/policy.ts';
import type { LoggedView } from './logged-view.ts';
import { createReadBook, type ReadBook, unknown } from './read-book.ts';

/** Told to everybody who counts, in the order of the log. */
export interface Earlier {
  readonly meter: Meter;
  readonly window: OpenWindow;
  /** When reads of unknown articles were made, as near as can be told. */
  readonly reads: readonly number[];
  /** This very article was read before, and is one of the reads that nobody knew the article of. */
  readonly recognised: boolean;
  /** The article itself was read before and nobody had told of it: when, as near as can be told. */
  readonly readAt?: number;
  /** So many first reads of the network must have been counted, since it had no more left. */
  readonly networkFirsts?: number;
}

export type EarlierReads = (view: LoggedView) => Earlier | undefined;

/**
 * Compares each standing with what the log has told of that reader so far. It is believed where its meter's window is
 * still the one of `policy`; elsewhere nobody can tell what was counted.
 */
export const createEarlierReads = (policy: Policy): EarlierReads => {
  const told = createReadBook();
  return (view) => {
    const place = placeOf(view, policy);
    if (!place) return undefined;
    const { at, reader, article, reason } = view;
    const { meter, window } = place;
    const earlier = { meter, window, ...earlierIn(view, place, told) };
    for (const readAt of earlier.reads) told.add(reader, meter.id, { article: unknown, at: readAt });
    if (earlier.recognised) told.recognise(reader, meter.id, window, at, article.id);
    if (earlier.readAt !== undefined) told.add(reader, meter.id, { article: article.id, at: earlier.readAt });
    const counted = reason === 'free-read' && view.purpose === 'read';
    if (counted && !told.knows(reader, meter.id, window, at, article.id))
      told.add(reader, meter.id, { article: article.id, at });
    return earlier;
  };
};

interface Place {
  readonly meter: Meter;
  readonly window: OpenWindow;
  readonly used: number;
  readonly resetsAt: number;
}

const placeOf = ({ at, standing, reason }: LoggedView, { meters, site }: Policy): Place | undefined => {
  const meter = standing && meters.find(({ id }) => id === standing.meter);
  if (!standing || !meter) return undefined;
  const { left, of, resetsAt } = standing;
  const window = windowAt(meter.window, site.timeZone, at);
  const same =
    window.kind === 'calendar'
      ? window.endsAt === resetsAt
      : resetsAt > at && resetsAt <= at + window.lengthMs;
  // The standing tells of the time after the view.
  return same ? { meter, window, used: of - left - (reason === 'free-read' ? 1 : 0), resetsAt } : undefined;
};

const earlierIn = (view: LoggedView, place: Place, told: ReadBook) => {
  const { at, reader, article, reason } = view;
  const { meter, window, used } = place;
  const missing = Math.max(0, used - told.count(reader, meter.id, window, at));
  const unheardOf = reason === 'already-read' && !told.knows(reader, meter.id, window, at, article.id);
  const times = spread(missing, place, at);
  const [readAt, ...reads] = unheardOf ? times : [undefined, ...times];
  const firsts = reason === 'network-exhausted' ? meter.networkAllowance : undefined;
  return {
    reads: reads as readonly number[],
    recognised: unheardOf && readAt === undefined,
    ...(readAt === undefined ? {} : { readAt }),
    ...(firsts === undefined ? {} : { networkFirsts: firsts }),
  };
};

/** Evenly from when the first of them can have been until now; in a rolling window it is known when that was. */
const spread = (count: number, { window, resetsAt }: Place, now: number): number[] => {
  const first = window.kind === 'calendar' ? window.startsAt : resetsAt - window.lengthMs;
  return Array.from({ length: count }, (_, place) => Math.floor(first + ((now - first) * place) / count));
};
