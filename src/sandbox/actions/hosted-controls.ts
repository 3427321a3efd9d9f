/** What the sandbox's own panel can do: move the clock, disturb webhooks, look at events. */
import type { Clock } from '../clock.ts';
import type { EventView, HostedControls } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import type { EventRecord } from '../ledger/records.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

interface Options {
  readonly books: Books;
  readonly clock: Clock;
  readonly webhooks: Webhooks;
}

export const createControls = ({ books, clock, webhooks }: Options): HostedControls => ({
  now: books.nowMs,
  moveClock: clock.moveTo,
  settled: webhooks.settled,
  mischief: () => books.settings().mischief,
  setMischief: ({ delayMs, copies, shuffle, dropOfTen }) => {
    books.changeSettings({ mischief: { delayMs, copies, shuffle, dropOfTen } });
    books.commit();
    webhooks.kick();
  },
  recentEvents: (count) => {
    const views: EventView[] = [];
    for (const event of books.events.walk()) {
      if (views.length >= count) break;
      views.push(eventView(books, event));
    }
    return views;
  },
  nextDueAt: () => {
    const due = books.nextDue();
    return due && due.at * 1_000;
  },
  resend: (eventId) => {
    const known = webhooks.resend(eventId);
    books.commit();
    webhooks.kick();
    return known;
  },
});

const eventView = (books: Books, { id, type, created, data }: EventRecord): EventView => {
  const about: unknown = Reflect.get(data.object, 'id');
  const deliveries = [...books.deliveries.walk({ index: { name: 'event', value: id }, ahead: '' })];
  return {
    id,
    type,
    createdAt: created * 1_000,
    ...(typeof about === 'string' ? { about } : {}),
    deliveries: deliveries.map(({ attempts, lastAnswer, state, url }) => ({
      url,
      state,
      attempts,
      ...(lastAnswer === null ? {} : { lastAnswer }),
    })),
  };
};
