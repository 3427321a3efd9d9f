/** The newest events of the sandbox, and how their delivery went. */
import type { DeliveryView, EventView } from '../hosted.ts';
import { controlPaths } from './control-links.ts';
import { momentText } from './date-text.ts';

export interface EventFacts {
  /** Newest first. */
  readonly events: readonly EventView[];
}

export const Events = ({ facts: { events } }: { facts: EventFacts }) => (
  <section class="stack" aria-labelledby="events">
    <h2 id="events">Events and their webhooks</h2>
    {events.length === 0 ? (
      <p>None yet. Buy something: every change makes an event, and every event is sent to the gateway.</p>
    ) : (
      <>
        <p class="hint">Newest first. Load the page anew to see how those that wait went on.</p>
        <ul class="rows">
          {events.map((event) => (
            <EventRow event={event} />
          ))}
        </ul>
      </>
    )}
  </section>
);

const EventRow = ({ event: { id, type, createdAt, about, deliveries } }: { event: EventView }) => (
  <li class="event" id={id}>
    <div>
      <code>{type}</code>
      <small>
        {momentText(createdAt, 'en')}
        {about && (
          <>
            {' · '}
            <code>{about}</code>
          </>
        )}
      </small>
      <ul>
        {deliveries.length === 0 && <li class="hint">Sent nowhere: no endpoint wants it.</li>}
        {deliveries.map((delivery) => (
          <Delivery delivery={delivery} />
        ))}
      </ul>
    </div>
    <form method="post" action={controlPaths.resend}>
      <input type="hidden" name="event" value={id} />
      <button
        class="button quiet small"
        type="submit"
        aria-label={`Send again: ${type}, ${momentText(createdAt, 'en')}`}
      >
        Send again
      </button>
    </form>
  </li>
);

const Delivery = ({ delivery: { url, state, attempts, lastAnswer } }: { delivery: DeliveryView }) => {
  const { label, tone } = states[state];
  return (
    <li>
      <span class={`state ${tone}`}>{label}</span>{' '}
      {attempts > 0 && `${attempts === 1 ? 'once' : `${attempts} times`}, `}
      {lastAnswer && `answer: ${lastAnswer}, `}
      <bdi>{url}</bdi>
    </li>
  );
};

const states = {
  waiting: { label: 'Waiting', tone: 'warn' },
  delivered: { label: 'Delivered', tone: 'good' },
  'given-up': { label: 'Given up', tone: 'bad' },
} as const satisfies Record<DeliveryView['state'], { label: string; tone: string }>;
