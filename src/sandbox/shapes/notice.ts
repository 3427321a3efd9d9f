/** Events and webhook endpoints in Stripe's shape. */
import type Stripe from 'stripe';
import type { EndpointRecord, EventRecord } from '../ledger/records.ts';
import { livemode } from './wire.ts';

export const apiVersion = '2026-10-28.endive' satisfies typeof Stripe.API_VERSION;

/** As it is listed and as it is sent. */
export const showEvent = (event: EventRecord): Stripe.Event =>
  // The SDK's type is a union over hundreds of event types, which a type known only at run time can't be matched with.
  ({
    id: event.id,
    object: 'event',
    api_version: apiVersion,
    created: event.created,
    data: event.data,
    livemode,
    pending_webhooks: event.pending,
    request: event.request,
    type: event.type,
  }) as unknown as Stripe.Event;

/** The secret is told once, when the endpoint is made. */
export const showEndpoint = (endpoint: EndpointRecord, withSecret = false): Stripe.WebhookEndpoint => ({
  id: endpoint.id,
  object: 'webhook_endpoint',
  api_version: apiVersion,
  application: null,
  created: endpoint.created,
  description: endpoint.description,
  enabled_events: [...endpoint.enabledEvents],
  livemode,
  metadata: { ...endpoint.metadata },
  ...(withSecret ? { secret: endpoint.secret } : {}),
  status: endpoint.enabled ? 'enabled' : 'disabled',
  url: endpoint.url,
});
