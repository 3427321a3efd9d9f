/** `/v1/events` and `/v1/webhook_endpoints`. */

import { answerPage, createdField, pageFields } from '../api/pages-of-list.ts';
import {
  applyMetadata,
  type Fields,
  flag,
  list,
  metadata,
  type Reader,
  required,
  text,
} from '../api/parameters.ts';
import { invalid, missing } from '../api/refusal.ts';
import { type Route, route } from '../api/route.ts';
import type { Books } from '../ledger/books.ts';
import type { EndpointRecord } from '../ledger/records.ts';
import { isLocalAddress } from '../local-address.ts';
import { showEndpoint, showEvent } from '../shapes/notice.ts';

/** Nothing of the sandbox's ever leaves this machine. */
const localUrl: Reader<string> = (raw, name) => {
  const given = text(raw, name);
  if (!isLocalAddress(given))
    throw invalid(
      'The sandbox sends webhooks to this machine only: give an http address on localhost.',
      name,
      'url_invalid',
    );
  return given;
};

const endpointFields = {
  url: localUrl,
  enabled_events: list(text),
  description: text,
  disabled: flag,
  metadata,
} as const satisfies Fields;

export const noticeRoutes: readonly Route[] = [
  route(
    'GET',
    '/v1/events',
    { ...pageFields, ...createdField, type: text, types: list(text), delivery_success: flag },
    ({ books, given }) => {
      if (given.type !== undefined && given.types !== undefined)
        throw invalid('Give type or types, not both.', 'types');
      if ((given.types?.length ?? 0) > 20) throw invalid('types has at most 20 entries.', 'types');
      const types = given.types ?? (given.type === undefined ? undefined : [given.type]);
      const since = books.now() - 30 * 86_400;
      return answerPage(given, {
        table: books.events,
        what: 'event',
        url: '/v1/events',
        holds: (event) =>
          event.created >= since &&
          (types === undefined || types.some((type) => fits(type, event.type))) &&
          (given.delivery_success === undefined || given.delivery_success === (event.pending === 0)),
        show: showEvent,
      });
    },
  ),
  route('GET', '/v1/events/:id', {}, ({ books, id }) => {
    const event = books.events.get(id);
    if (!event) throw missing('event', id);
    return showEvent(event);
  }),
  route(
    'POST',
    '/v1/webhook_endpoints',
    {
      url: required(localUrl),
      enabled_events: required(list(text)),
      description: text,
      api_version: text,
      metadata,
    },
    ({ books, given }) => {
      const endpoint: EndpointRecord = {
        id: books.newId('we'),
        created: books.now(),
        url: given.url,
        secret: books.newId('whsec'),
        enabledEvents: given.enabled_events,
        enabled: true,
        description: given.description ?? null,
        metadata: applyMetadata({}, given.metadata),
      };
      books.endpoints.put(endpoint);
      return showEndpoint(endpoint, true);
    },
  ),
  route('GET', '/v1/webhook_endpoints', pageFields, ({ books, given }) =>
    answerPage(given, {
      table: books.endpoints,
      what: 'webhook_endpoint',
      url: '/v1/webhook_endpoints',
      show: (endpoint) => showEndpoint(endpoint),
    }),
  ),
  route('GET', '/v1/webhook_endpoints/:id', {}, ({ books, id }) => showEndpoint(endpointOf(books, id))),
  route('POST', '/v1/webhook_endpoints/:id', endpointFields, ({ books, id, given }) => {
    const endpoint = endpointOf(books, id);
    const changed: EndpointRecord = {
      ...endpoint,
      url: given.url ?? endpoint.url,
      enabledEvents: given.enabled_events ?? endpoint.enabledEvents,
      description: given.description ?? endpoint.description,
      enabled: given.disabled === undefined ? endpoint.enabled : !given.disabled,
      metadata: applyMetadata(endpoint.metadata, given.metadata),
    };
    books.endpoints.put(changed);
    return showEndpoint(changed);
  }),
  route('DELETE', '/v1/webhook_endpoints/:id', {}, ({ books, id }) => {
    endpointOf(books, id);
    books.endpoints.remove(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
];

// `charge.*` stands for all of a kind.
const fits = (asked: string, type: string): boolean =>
  asked === type || (asked.endsWith('*') && type.startsWith(asked.slice(0, -1)));

const endpointOf = (books: Books, id: string): EndpointRecord => {
  const endpoint = books.endpoints.get(id);
  if (!endpoint) throw missing('webhook_endpoint', id);
  return endpoint;
};
