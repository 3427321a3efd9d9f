/** Events: what Stripe tells about a change, kept for thirty days, and a delivery of each to every endpoint that wants it. */
import type { Books } from '../ledger/books.ts';
import type { EndpointRecord } from '../ledger/records.ts';

const keptSeconds = 30 * 86_400;

/** `object`: as it is now; `previous`: what the fields that changed were before. */
export const announce = (books: Books, type: string, object: object, previous?: object): void => {
  const id = books.newId('evt');
  const endpoints = [...books.endpoints.walk()].filter((endpoint) => wants(endpoint, type));
  books.events.put({
    id,
    created: books.now(),
    type,
    data: { object, ...(previous === undefined ? {} : { previous_attributes: previous }) },
    request: { id: books.asked.requestId, idempotency_key: books.asked.idempotencyKey },
    pending: endpoints.length,
  });
  for (const endpoint of endpoints) planDelivery(books, id, endpoint);
};

/** Sends one that was announced before to every endpoint again. False: it is unknown. */
export const announceAgain = (books: Books, id: string): boolean => {
  const event = books.events.get(id);
  if (!event) return false;
  const endpoints = [...books.endpoints.walk()].filter((endpoint) => wants(endpoint, event.type));
  books.events.put({ ...event, pending: event.pending + endpoints.length });
  for (const endpoint of endpoints) planDelivery(books, id, endpoint);
  return true;
};

const planDelivery = (books: Books, event: string, endpoint: EndpointRecord): void =>
  books.deliveries.put({
    id: books.newId('dlv'),
    event,
    endpoint: endpoint.id,
    url: endpoint.url,
    state: 'waiting',
    queue: 'waiting',
    attempts: 0,
    nextAt: books.nowMs(),
    lastAnswer: null,
  });

const wants = ({ enabled, enabledEvents }: EndpointRecord, type: string): boolean =>
  enabled && (enabledEvents.includes('*') || enabledEvents.includes(type));

/** Lets go of events and deliveries that Stripe would have forgotten. */
export const forgetOldEvents = (books: Books): void => {
  const until = books.now() - keptSeconds;
  for (const event of [...books.events.walk({ ahead: '' })]) {
    if (event.created >= until) return;
    for (const { id } of [...books.deliveries.walk({ index: { name: 'event', value: event.id } })])
      books.deliveries.remove(id);
    books.events.remove(event.id);
  }
};
