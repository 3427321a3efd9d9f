/** The customer portal's first page: subscriptions, card, address and invoices of one customer. */
import { safeLink } from '../../pages/safe-link.ts';
import type { PortalView, SubscriptionView } from '../hosted.ts';
import { cardName } from './card-name.ts';
import { Frame, renderFrame } from './frame.tsx';
import { Invoices } from './invoice-list.tsx';
import { portalTasks } from './portal-links.ts';
import { statusWords, subscriptionName, totalText } from './subscription-words.ts';

export const portalPart = 'Gatefold sandbox portal';

export interface PortalFacts {
  readonly view: PortalView;
  /** What was just done, in a sentence. */
  readonly done: string | undefined;
  /** What couldn't be done, and why. */
  readonly fault: string | undefined;
  readonly locale: string;
  readonly now: number;
}

export const renderPortal = ({ view, done, fault, locale, now }: PortalFacts): string =>
  renderFrame(
    <Frame
      part={portalPart}
      title="Your subscriptions"
      now={now}
      done={done}
      fault={fault}
      words={<Customer view={view} />}
    >
      <Subscriptions view={view} locale={locale} />
      <Card view={view} />
      <Invoices view={view} locale={locale} />
    </Frame>,
  );

const Customer = ({ view }: { view: PortalView }) => {
  const { customer, returnUrl, id } = view;
  const back = returnUrl && safeLink(returnUrl);
  return (
    <>
      {customer.name && (
        <p class="lead">
          <bdi>{customer.name}</bdi>
        </p>
      )}
      <p class={customer.name ? 'aside' : 'lead'}>
        <bdi>{customer.email ?? 'No email address yet'}</bdi>
      </p>
      <p class="aside">
        <a href={portalTasks.email(id)}>
          {customer.email ? 'Change the email address' : 'Add an email address'}
        </a>
      </p>
      {back && (
        <p class="panel">
          <a class="button quiet" href={back}>
            Back to the site
          </a>
        </p>
      )}
    </>
  );
};

const Subscriptions = ({ view, locale }: { view: PortalView; locale: string }) => (
  <section class="stack" aria-labelledby="subscriptions">
    <h2 id="subscriptions">Subscriptions</h2>
    {view.subscriptions.length === 0 ? (
      <p>None. What has ended isn’t shown here; its invoices are below.</p>
    ) : (
      <div class="subs">
        {view.subscriptions.map((subscription) => (
          <Subscription portal={view.id} subscription={subscription} locale={locale} />
        ))}
      </div>
    )}
  </section>
);

interface SubscriptionProps {
  readonly portal: string;
  readonly subscription: SubscriptionView;
  readonly locale: string;
}

const Subscription = ({ portal, subscription, locale }: SubscriptionProps) => {
  const { label, tone, sentence } = statusWords(subscription, locale);
  const name = subscriptionName(subscription);
  return (
    <article class="sub" aria-labelledby={subscription.id}>
      <h3 id={subscription.id}>
        <bdi>{name}</bdi>
      </h3>
      <p>
        <span class={`state ${tone}`}>{label}</span>{' '}
        <span class="price">{totalText(subscription, locale)}</span>
      </p>
      <p>{sentence}</p>
      <SubscriptionActions portal={portal} subscription={subscription} name={name} />
    </article>
  );
};

const SubscriptionActions = ({
  portal,
  subscription: { id, status, cancelAt, alternatives, resumable },
  name,
}: Omit<SubscriptionProps, 'locale'> & { name: string }) => {
  const ended = status === 'canceled' || status === 'incomplete_expired';
  return (
    <div class="actions">
      {resumable && (
        <form method="post" action={portalTasks.resume(portal, id)}>
          <button class="button small" type="submit" aria-label={`Resume: ${name}`}>
            Resume
          </button>
        </form>
      )}
      {alternatives.length > 0 && !ended && (
        <a
          class="button quiet small"
          href={portalTasks.switch(portal, id)}
          aria-label={`Switch plan: ${name}`}
        >
          Switch plan
        </a>
      )}
      {!ended && (
        <a
          class="button quiet small"
          href={portalTasks.cancel(portal, id)}
          aria-label={`${cancelAt === undefined ? 'Cancel' : 'End now'}: ${name}`}
        >
          {cancelAt === undefined ? 'Cancel' : 'End now'}
        </a>
      )}
    </div>
  );
};

const Card = ({ view: { id, card } }: { view: PortalView }) => (
  <section class="stack" aria-labelledby="card">
    <h2 id="card">Card</h2>
    <ul class="rows">
      <li>
        <div>
          <b>{card ? cardName(card) : 'No card'}</b>
          <small>
            {card
              ? `Expires ${String(card.expMonth).padStart(2, '0')} / ${String(card.expYear).slice(-2)}`
              : 'Renewals can’t be paid without one.'}
          </small>
        </div>
        <a class="button quiet small" href={portalTasks.card(id)}>
          {card ? 'Change the card' : 'Add a card'}
        </a>
      </li>
    </ul>
  </section>
);
