/** When, with which note and whether in spite of others something is to be published, as a page's form says it. */
import { longestNote } from '../../policy/versions/version.ts';
import { momentTyped } from './site-time.ts';

/** As it was sent: it stands in the form again when the page comes back. */
export interface PublishTyped {
  readonly note: string;
  /** Of a `datetime-local` field; '' for now. */
  readonly at: string;
  readonly regardless: boolean;
}

export type PublishField = 'note' | 'at';

export type PublishAsked =
  | { readonly kind: 'order'; readonly order: PublishOrderAsked }
  | { readonly kind: 'faulty'; readonly field: PublishField; readonly message: string };

export interface PublishOrderAsked {
  readonly note: string;
  readonly at?: number;
  readonly regardless: boolean;
}

export const publishTyped = (body: unknown): PublishTyped => ({
  note: textIn(body, 'note').replace(/\r\n?/g, '\n').trim(),
  at: textIn(body, 'at').trim(),
  regardless: textIn(body, 'regardless') === 'yes',
});

/** A time that has passed is refused: who mistyped a date doesn't mean "at once". */
export const publishAsked = (
  { note, at: typed, regardless }: PublishTyped,
  { timeZone, now }: { readonly timeZone: string; readonly now: number },
): PublishAsked => {
  const faulty = (field: PublishField, message: string): PublishAsked => ({ kind: 'faulty', field, message });
  if (note.length > longestNote)
    return faulty('note', `Write at most ${longestNote} characters; these are ${note.length}.`);
  if (typed === '') return { kind: 'order', order: { note, regardless } };
  const moment = momentTyped(typed, timeZone);
  switch (moment.kind) {
    case 'unreadable':
      return faulty('at', 'Write a date and a time, such as 2027-01-31T08:00, or leave it empty for now.');
    case 'skipped':
      return faulty('at', 'Clocks are put forward over that time: choose another one.');
    case 'moment':
      if (moment.at <= now)
        return faulty('at', 'That time has passed: choose a later one, or leave it empty for now.');
      return { kind: 'order', order: { note, regardless, at: moment.at } };
    default:
      return moment satisfies never;
  }
};

const longestField = 20_000;

const textIn = (body: unknown, name: string): string => {
  const text: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof text === 'string' ? text.slice(0, longestField) : '';
};
