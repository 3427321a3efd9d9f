/** Webhooks on their way: sent in order to every endpoint, again with growing pauses when they aren't taken, and disturbed on order. */
import { Agent } from 'node:http';
import type { Books } from '../ledger/books.ts';
import type { DeliveryRecord } from '../ledger/records.ts';
import { announceAgain } from '../life/announce.ts';
import type { SandboxOptions } from '../sandbox.ts';
import { showEvent } from '../shapes/notice.ts';
import { type PostResult, postEvent } from './post-event.ts';

export interface Webhooks {
  /** Sends what is due; called after whatever may have made something due. */
  kick(): void;
  /** Resolves when none is under way or due now. */
  settled(): Promise<void>;
  /** To every endpoint once more. False: the event is unknown. */
  resend(eventId: string): boolean;
  /** What is under way is broken off, and waits for the next start. */
  stop(): void;
}

type Options = Pick<SandboxOptions, 'random' | 'realNow'> & { readonly books: Books };

/** Milliseconds until the next attempt, by the number of attempts made. */
const pauses = [500, 2_000, 8_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000];
/** Given up so long after the event, but never before a few attempts: a moved clock leaves no time for more. */
const keptMs = 3 * 86_400_000;
const fewestAttempts = 3;
const atOnce = 6;

export const createWebhooks = ({ books, random, realNow }: Options): Webhooks => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const stopping = new AbortController();
  const underWay = new Set<string>();
  /** Real milliseconds; mischief holds each back once. */
  const heldUntil = new Map<string, number>();
  let waiters: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;

  const chance = (): number => Buffer.from(random(4), 'base64url').readUInt32BE(0) / 2 ** 32;

  const waiting = (): readonly DeliveryRecord[] =>
    [...books.deliveries.walk({ index: { name: 'queue', value: 'waiting' }, ahead: '' })].filter(
      ({ id }) => !underWay.has(id),
    );

  /** The clocks are read once for all that wait: there can be thousands. */
  const readyInMs = (): ((delivery: DeliveryRecord) => number) => {
    const { delayMs } = books.settings().mischief;
    const [shownNow, now] = [books.nowMs(), realNow()];
    return ({ id, attempts, nextAt }) => {
      const known = heldUntil.get(id);
      const held = known ?? now + (attempts === 0 ? delayMs : 0);
      if (known === undefined) heldUntil.set(id, held);
      return Math.max(nextAt - shownNow, held - now, 0);
    };
  };

  const send = async (delivery: DeliveryRecord): Promise<void> => {
    underWay.add(delivery.id);
    const result = await attempt(delivery);
    underWay.delete(delivery.id);
    heldUntil.delete(delivery.id);
    if (stopping.signal.aborted) return;
    record(delivery, result);
    books.commit();
    kick();
  };

  const attempt = async (delivery: DeliveryRecord): Promise<PostResult | 'dropped'> => {
    const { copies, dropOfTen } = books.settings().mischief;
    if (chance() * 10 < dropOfTen) return 'dropped';
    const event = books.events.get(delivery.event);
    const endpoint = books.endpoints.get(delivery.endpoint);
    if (!event || !endpoint?.enabled) return 'dropped';
    const body = JSON.stringify(showEvent(event), null, 2);
    let result: PostResult = { taken: false, answer: 'not sent' };
    for (let copy = 0; copy < Math.max(1, copies); copy++) {
      const { url, secret } = endpoint;
      const signedAt = books.now();
      const next = await postEvent({ url, secret, body, signedAt, agent, signal: stopping.signal });
      result = result.taken ? result : next;
    }
    return result;
  };

  const record = (delivery: DeliveryRecord, result: PostResult | 'dropped'): void => {
    const event = books.events.get(delivery.event);
    // A month has passed while it was under way.
    if (!event || !books.deliveries.get(delivery.id)) return;
    const attempts = delivery.attempts + 1;
    if (result === 'dropped') {
      books.deliveries.put({ ...delivery, state: 'given-up', queue: null, lastAnswer: 'dropped' });
      return;
    }
    const tried = { ...delivery, attempts, lastAnswer: result.answer };
    if (result.taken) {
      books.deliveries.put({ ...tried, state: 'delivered', queue: null });
      books.events.put({ ...event, pending: Math.max(0, event.pending - 1) });
      return;
    }
    const over = books.nowMs() > event.created * 1_000 + keptMs && attempts >= fewestAttempts;
    const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? 0;
    books.deliveries.put(
      over ? { ...tried, state: 'given-up', queue: null } : { ...tried, nextAt: books.nowMs() + pause },
    );
  };

  const kick = (): void => {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    const inMsOf = readyInMs();
    const planned = waiting().map((delivery) => ({ delivery, inMs: inMsOf(delivery) }));
    const ready = planned.filter(({ inMs }) => inMs === 0).map(({ delivery }) => delivery);
    while (ready.length > 0 && underWay.size < atOnce) {
      const at = books.settings().mischief.shuffle ? Math.floor(chance() * ready.length) : 0;
      for (const delivery of ready.splice(at, 1)) void send(delivery);
    }
    const later = planned.map(({ inMs }) => inMs).filter((inMs) => inMs > 0);
    if (later.length > 0) {
      timer = setTimeout(kick, Math.min(...later, 60_000));
      timer.unref();
    }
    tellWaiters(planned.map(({ delivery }) => delivery));
  };

  const tellWaiters = (left: readonly DeliveryRecord[]): void => {
    if (underWay.size > 0 || waiters.length === 0) return;
    const now = books.nowMs();
    if (left.some(({ nextAt }) => nextAt <= now)) return;
    const told = waiters;
    waiters = [];
    for (const tell of told) tell();
  };

  return {
    kick,
    settled: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        kick();
      }),
    resend: (eventId) => announceAgain(books, eventId),
    stop: () => {
      clearTimeout(timer);
      stopping.abort();
      agent.destroy();
      for (const tell of waiters.splice(0)) tell();
    },
  };
};
