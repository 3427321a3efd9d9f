/** What a reader pays for: each subscription in plain words, and the ways to Stripe's portal. */
import type { Messages } from './messages/create-messages.ts';

/** All that was bought and may be shown to the reader. */
export interface AccountBilling {
  /** Those the reader owns. */
  readonly customers: readonly AccountCustomer[];
  /** Names of what this browser paid for and somebody else manages, who has confirmed the address given then. */
  readonly elsewhere: readonly string[];
  /** Typed when paying and confirmed by nobody. */
  readonly typedEmail?: string;
  /** Stripe couldn't be asked for the page: what is shown was read then. Absent in it: never. */
  readonly stale?: { readonly knownAt?: number };
}

export interface AccountCustomer {
  /** Stripe's id. */
  readonly id: string;
  readonly subscriptions: readonly AccountSubscription[];
}

export interface AccountSubscription {
  /** Stripe's id. */
  readonly id: string;
  /** Absent: the policy knows no name for it. */
  readonly planName?: string;
  readonly quantity: number;
  readonly standing: SubscriptionStanding;
  /** It can be cancelled, and isn't yet. */
  readonly cancellable: boolean;
}

/** How it is with a subscription, as far as its reader needs to know. Times in milliseconds. */
export type SubscriptionStanding =
  | { readonly kind: 'trialing' | 'trialEnds' | 'renews' | 'ends' | 'ended'; readonly at: number }
  /** The last payment failed; access goes on until then. */
  | { readonly kind: 'pastDue'; readonly endsAt: number }
  | {
      readonly kind:
        | 'renewing'
        | 'paymentsPaused'
        | 'unpaid'
        | 'paused'
        | 'incomplete'
        | 'refunded'
        | 'disputed'
        | 'unknown';
    };

interface PartProps {
  readonly messages: Messages;
}

export const Subscriptions = ({ billing, messages }: PartProps & { billing: AccountBilling }) => (
  // The line above an article leads here.
  <section class="stack" id="payment" aria-labelledby="subscriptions">
    <h2 id="subscriptions">{messages.text('account.subscriptions')}</h2>
    {billing.stale && <p class="hint">{staleWords(billing.stale, messages)}</p>}
    {billing.customers.map((customer) => (
      <Customer customer={customer} messages={messages} />
    ))}
    {billing.elsewhere.length > 0 && (
      <ul class="rows">
        {billing.elsewhere.map((name) => (
          <li>
            <div>
              <b>{name}</b>
              <small>{messages.text('account.subscription.elsewhere')}</small>
            </div>
          </li>
        ))}
      </ul>
    )}
  </section>
);

const staleWords = ({ knownAt }: NonNullable<AccountBilling['stale']>, messages: Messages): string =>
  knownAt === undefined
    ? messages.text('account.subscription.unasked')
    : messages.text('account.subscription.knownOn', { date: messages.date(knownAt) });

type CustomerProps = PartProps & { customer: AccountCustomer };

const Customer = ({ customer, messages }: CustomerProps) => (
  <div class="stack">
    {customer.subscriptions.length > 0 && (
      <ul class="rows">
        {customer.subscriptions.map((subscription) => (
          <Row customer={customer} subscription={subscription} messages={messages} />
        ))}
      </ul>
    )}
    <div class="actions">
      {customer.subscriptions.length > 0 && (
        <>
          <PortalForm customer={customer} label={messages.text('account.manage')} />
          <PortalForm customer={customer} flow="payment" label={messages.text('account.card')} />
        </>
      )}
      <PortalForm customer={customer} label={messages.text('account.invoices')} />
    </div>
  </div>
);

const Row = ({ customer, subscription, messages }: CustomerProps & { subscription: AccountSubscription }) => {
  const { id, planName, quantity, standing, cancellable } = subscription;
  const name = planName ?? messages.text('account.subscription.unnamed');
  const owes = standing.kind === 'pastDue' || standing.kind === 'unpaid';
  const common = { customer, subscription: id, describedBy: `subscription-${id}` };
  return (
    <li>
      <div>
        <b id={common.describedBy}>{quantity > 1 ? `${name} × ${quantity}` : name}</b>
        <small class={owes ? 'fault' : undefined}>{standingWords(standing, messages)}</small>
      </div>
      <div class="actions">
        {owes && (
          <PortalForm {...common} flow="payment" label={messages.text('notice.paymentDue.mend')} urgent />
        )}
        {(standing.kind === 'ends' || standing.kind === 'trialEnds') && (
          <PortalForm {...common} label={messages.text('account.resume')} />
        )}
        {cancellable && <PortalForm {...common} flow="cancel" label={messages.text('account.cancel')} />}
      </div>
    </li>
  );
};

const standingWords = (standing: SubscriptionStanding, messages: Messages): string => {
  switch (standing.kind) {
    case 'pastDue':
      // Access ends just before that moment: one that ends at midnight is to be paid the day before.
      return messages.text('notice.paymentDue', { date: messages.date(standing.endsAt - 1) });
    case 'trialing':
    case 'trialEnds':
    case 'renews':
    case 'ends':
    case 'ended':
      return messages.text(`account.subscription.${standing.kind}`, { date: messages.date(standing.at) });
    default:
      return messages.text(`account.subscription.${standing.kind}`);
  }
};

interface PortalFormProps {
  readonly customer: AccountCustomer;
  /** Straight to that task; absent: the portal's front page. */
  readonly flow?: 'payment' | 'cancel';
  readonly subscription?: string;
  readonly label: string;
  readonly describedBy?: string;
  readonly urgent?: boolean;
}

/** Posts to `/-/portal`, which sends the browser on to Stripe. */
const PortalForm = ({ customer, flow, subscription, label, describedBy, urgent }: PortalFormProps) => (
  <form method="post" action="/-/portal">
    <input type="hidden" name="customer" value={customer.id} />
    {flow && <input type="hidden" name="flow" value={flow} />}
    {flow && subscription && <input type="hidden" name="subscription" value={subscription} />}
    <button
      class={urgent ? 'button small' : 'button quiet small'}
      type="submit"
      aria-describedby={describedBy}
    >
      {label}
    </button>
  </form>
);
