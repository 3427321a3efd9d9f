/** What a free read means, as simply as it can be said: the stores must give exactly these answers. */
import type { CountedRead, MeterAsk, MeterReading } from '../../../src/meter/meter-store.ts';
import type { OpenWindow } from '../../../src/meter/window.ts';

export interface ModelRead extends CountedRead {
  readonly subject: string;
  readonly meter: string;
  readonly window: string;
}

export interface Model {
  readonly reads: readonly ModelRead[];
  /** One for each first read that was charged: `slot meter window`. */
  readonly firsts: readonly string[];
}

export const emptyModel: Model = { reads: [], firsts: [] };

const nameOf = (window: OpenWindow): string => (window.kind === 'rolling' ? 'rolling' : window.key);

type Place = Pick<MeterAsk, 'subject' | 'meter' | 'window' | 'now'>;

export function countedBy(model: Model, { subject, meter, window, now }: Place): readonly ModelRead[] {
  return model.reads
    .filter((read) => read.subject === subject && read.meter === meter && read.window === nameOf(window))
    .filter((read) => window.kind === 'calendar' || read.readAt > now - window.lengthMs)
    .toSorted((a, b) => a.readAt - b.readAt || (a.article < b.article ? -1 : 1));
}

export function admitted(
  model: Model,
  ask: MeterAsk,
): { readonly model: Model; readonly reading: MeterReading } {
  const counted = countedBy(model, ask);
  const outcome = outcomeOf(model, ask, counted);
  const after = outcome === 'charged' ? charged(model, ask, counted.length === 0) : model;
  const left = countedBy(after, ask);
  const { window, now } = ask;
  const resetsAt = window.kind === 'calendar' ? window.endsAt : (left[0]?.readAt ?? now) + window.lengthMs;
  return { model: after, reading: { outcome, used: left.length, resetsAt } };
}

function outcomeOf(model: Model, ask: MeterAsk, counted: readonly ModelRead[]): MeterReading['outcome'] {
  if (counted.some((read) => read.article === ask.article)) return 'known';
  if (counted.length >= ask.allowance) return 'exhausted';
  const firsts = model.firsts.filter((first) => first === firstOf(ask)).length;
  if (counted.length === 0 && firsts >= (ask.networkAllowance ?? Number.POSITIVE_INFINITY))
    return 'network-exhausted';
  return ask.charge ? 'charged' : 'available';
}

const firstOf = ({ slot, meter, window }: MeterAsk): string => `${slot} ${meter} ${window.key}`;

function charged(model: Model, ask: MeterAsk, first: boolean): Model {
  const { subject, meter, window, article, now } = ask;
  const read: ModelRead = { subject, meter, window: nameOf(window), article, readAt: now };
  const firsts = first && ask.networkAllowance !== undefined ? [...model.firsts, firstOf(ask)] : model.firsts;
  return { reads: [...model.reads.filter((other) => !isSame(other, read)), read], firsts };
}

const isSame = (a: ModelRead, b: ModelRead): boolean =>
  a.subject === b.subject && a.meter === b.meter && a.window === b.window && a.article === b.article;

export function merged(model: Model, from: Place, into: Place['subject']): Model {
  const there = countedBy(model, { ...from, subject: into });
  const result = new Map(there.map((read) => [read.article, read]));
  for (const read of countedBy(model, from)) {
    const kept = result.get(read.article);
    if (!kept || read.readAt < kept.readAt) result.set(read.article, { ...read, subject: into });
  }
  const changed = [...result.values()];
  return {
    ...model,
    reads: [...model.reads.filter((read) => !changed.some((one) => isSame(one, read))), ...changed],
  };
}
