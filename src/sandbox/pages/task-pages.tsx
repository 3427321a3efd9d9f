/** The portal's tasks, each a page of its own: cancel, switch plan, change the card, change the address. */
import type { ComponentChildren } from 'preact';
import type { PortalView, SubscriptionView } from '../hosted.ts';
import { type CardFaults, CardFields } from './card-fields.tsx';
import { cardName } from './card-name.ts';
import type { CardTyped } from './card-typed.ts';
import { dateText } from './date-text.ts';
import { Field } from './field.tsx';
import { Frame, renderFrame } from './frame.tsx';
import { priceText } from './line-text.ts';
import { portalTasks } from './portal-links.ts';
import { portalPart } from './portal-page.tsx';
import { statusWords, subscriptionName, totalText } from './subscription-words.ts';

export interface TaskFacts {
  readonly view: PortalView;
  /** Where giving up leads. */
  readonly back: { readonly to: string; readonly label: string };
  /** What couldn't be done, and why; what a field is to blame for stands at the field. */
  readonly fault: string | undefined;
  readonly locale: string;
  readonly now: number;
}

interface TaskFrameProps {
  readonly facts: TaskFacts;
  readonly title: string;
  readonly lead: ComponentChildren;
  readonly action: string;
  readonly submit: string;
  readonly faulty?: boolean;
  readonly children?: ComponentChildren;
}

const TaskFrame = ({ facts, title, lead, action, submit, faulty, children }: TaskFrameProps) => (
  <Frame
    part={portalPart}
    title={title}
    now={facts.now}
    faulty={faulty === true}
    fault={facts.fault}
    above={
      <a class="back" href={facts.back.to}>
        ← {facts.back.label}
      </a>
    }
    words={<p class="lead">{lead}</p>}
  >
    <form class="stack" method="post" action={action} noValidate>
      {children}
      <div class="actions">
        <button class="button" type="submit">
          {submit}
        </button>
        <a class="button quiet" href={facts.back.to}>
          Leave it as it is
        </a>
      </div>
    </form>
  </Frame>
);

/** Posts `when`: `period-end` or `now`. One that is to end already can only be ended now. */
export const renderCancel = (facts: TaskFacts, subscription: SubscriptionView): string => {
  const { periodEndsAt, cancelAt, status } = subscription;
  const runs = status === 'active' || status === 'trialing' || status === 'past_due';
  const atEnd = runs && cancelAt === undefined;
  return renderFrame(
    <TaskFrame
      facts={facts}
      title={`Cancel “${subscriptionName(subscription)}”?`}
      lead={statusWords(subscription, facts.locale).sentence}
      action={portalTasks.cancel(facts.view.id, subscription.id)}
      submit="Cancel the subscription"
    >
      <fieldset>
        <legend>When it ends</legend>
        <div class="picks">
          {atEnd && (
            <label>
              <input type="radio" name="when" value="period-end" checked />
              <span>
                On {dateText(periodEndsAt, facts.locale)}
                <small>Everything stays readable until then, and nothing more is charged.</small>
              </span>
            </label>
          )}
          <label>
            <input type="radio" name="when" value="now" checked={!atEnd} />
            <span>
              Now
              <small>At once, without money back.</small>
            </span>
          </label>
        </div>
      </fieldset>
    </TaskFrame>,
  );
};

/** Posts `price`. */
export const renderSwitch = (facts: TaskFacts, subscription: SubscriptionView): string =>
  renderFrame(
    <TaskFrame
      facts={facts}
      title="Switch plan"
      lead={`Now: ${subscriptionName(subscription)}, ${totalText(subscription, facts.locale)}.`}
      action={portalTasks.switch(facts.view.id, subscription.id)}
      submit="Switch"
    >
      <fieldset>
        <legend>Switch to</legend>
        <div class="picks">
          {subscription.alternatives.map((line, place) => (
            <label>
              <input type="radio" name="price" value={line.priceId} checked={place === 0} />
              <span>
                <bdi>{line.productName}</bdi>
                <small>{priceText(line, facts.locale)}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </TaskFrame>,
  );

/** Posts the fields of a card. */
export const renderChangeCard = (facts: TaskFacts, card: CardTyped, faults: CardFaults): string =>
  renderFrame(
    <TaskFrame
      facts={facts}
      title={facts.view.card ? 'Change the card' : 'Add a card'}
      lead={
        facts.view.card
          ? `Now: ${cardName(facts.view.card)}. Renewals are paid with the new one; an open invoice waits for its next attempt, or for “Pay now”.`
          : 'Renewals will be paid with it.'
      }
      action={portalTasks.card(facts.view.id)}
      submit="Save the card"
      faulty={Object.keys(faults).length > 0}
    >
      <CardFields card={card} faults={faults} />
    </TaskFrame>,
  );

/** Posts `email`. */
export const renderChangeEmail = (facts: TaskFacts, email: string, fault: string | undefined): string =>
  renderFrame(
    <TaskFrame
      facts={facts}
      title="Change the email address"
      lead="Invoices and reminders go there."
      action={portalTasks.email(facts.view.id)}
      submit="Save the address"
      faulty={fault !== undefined}
    >
      <Field
        name="email"
        label="Email"
        value={email}
        fault={fault}
        input={{ type: 'email', autocomplete: 'email', inputMode: 'email', dir: 'ltr', maxLength: 512 }}
      />
    </TaskFrame>,
  );
