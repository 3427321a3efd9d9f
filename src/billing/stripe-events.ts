/** What came to the webhook: whether Stripe sent it, to this site, and whether anything depends on it. Never throws. */
import Stripe from 'stripe';
import type { Clock } from '../ops/clock.ts';
import type { EventReading } from './billing.ts';
import { heededEvents } from './stripe-event-types.ts';
import { readEvent as asEvent } from './stripe-schema.ts';
import { toBillingEvent } from './stripe-subject.ts';

/** How far the moment of signing may be from now, before or after it, in seconds. */
const toleranceSeconds = 300;

type Refusal = Extract<EventReading, { kind: 'refused' }>['why'];

/** @param live whether the key is: an event of the other mode is refused. */
export const createReadEvent =
  ({
    webhookSecrets,
    live,
    clock,
  }: {
    readonly webhookSecrets: readonly string[];
    readonly live: boolean;
    readonly clock: Clock;
  }) =>
  (body: Buffer, signature: string | undefined): EventReading => {
    const fault = faultOfSignature(body, signature, webhookSecrets, clock());
    return fault ? refused(fault) : readBody(body, live);
  };

/**
 * The SDK checks the signature, and the moment is checked here: the SDK lets moments in the future pass, takes the last
 * of several, and can't say "too old" apart from "wrong".
 */
const faultOfSignature = (
  body: Buffer,
  signature: string | undefined,
  secrets: readonly string[],
  now: number,
): Refusal | undefined => {
  if (!signature) return 'no-signature';
  const moments = signature.split(',').filter((part) => part.startsWith('t='));
  const [moment = ''] = moments;
  if (moments.length !== 1 || !/^t=\d{1,12}$/.test(moment)) return 'bad-signature';
  if (!secrets.some((secret) => isSignedWith(secret, body, signature))) return 'bad-signature';
  const distance = Math.abs(Math.floor(now / 1000) - Number(moment.slice(2)));
  return distance > toleranceSeconds ? 'too-old' : undefined;
};

/** 0 switches the SDK's own check of the moment off. */
const isSignedWith = (secret: string, body: Buffer, signature: string): boolean => {
  try {
    return Stripe.webhooks.signature?.verifyHeader(body, signature, secret, 0) === true;
  } catch {
    return false;
  }
};

const readBody = (body: Buffer, live: boolean): EventReading => {
  const sent = parse(body);
  if (sent === undefined) return refused('not-json');
  if (isThin(sent)) return refused('thin-event');
  const event = asEvent(sent);
  if (!event) return refused('not-an-event');
  if (event.livemode !== live) return refused('wrong-mode');
  if (event.account || event.context) return refused('other-account');
  if (!heededEvents.includes(event.type)) return { kind: 'ignored', type: event.type };
  return { kind: 'event', event: toBillingEvent(event) };
};

const refused = (why: Refusal): EventReading => ({ kind: 'refused', why });

/** Undefined when it isn't JSON. */
const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};

/** An endpoint that is set to thin events sends a notification without the object. */
const isThin = (sent: unknown): boolean =>
  typeof sent === 'object' && sent !== null && 'object' in sent && sent.object === 'v2.core.event';
