/** What can be done in the portal: how each task is shown, read from its form and carried out. */
import type { HostedActions, PortalOutcome, PortalView } from '../hosted.ts';
import { freshCard } from './card-fields.tsx';
import { cardTyped, readCard } from './card-typed.ts';
import { emailFault } from './email-fault.ts';
import { typed } from './page-answer.ts';
import {
  renderCancel,
  renderChangeCard,
  renderChangeEmail,
  renderSwitch,
  type TaskFacts,
} from './task-pages.tsx';

export type PortalActions = Pick<
  HostedActions,
  | 'portal'
  | 'cancelAtPeriodEnd'
  | 'cancelNow'
  | 'resume'
  | 'switchPlan'
  | 'changeCard'
  | 'payInvoice'
  | 'changeEmail'
>;

export interface PortalTask {
  /**
   * A page of its own; absent: a button on the overview. `form` is what was sent and didn't do, `field` the one that
   * the refusal blames.
   */
  readonly show?: (facts: TaskFacts, form: URLSearchParams | undefined, field: string | undefined) => string;
  /** Undefined: what was typed can't be carried out; the page says why. */
  read(form: URLSearchParams): { readonly done: Done; run(): PortalOutcome } | undefined;
}

/** What was done, as it stands in the address of the page that says so. */
export type Done = keyof typeof doneTexts;

const doneTexts = {
  canceled: 'Canceled. Everything stays readable until the day that is given below.',
  ended: 'The subscription has ended.',
  resumed: 'Resumed: it goes on and renews.',
  switched: 'The plan is switched.',
  card: 'The card is saved.',
  email: 'The email address is saved.',
  paid: 'The invoice is paid.',
} as const;

export const readDone = (query: URLSearchParams): Done | undefined => {
  const done = query.get('done');
  return done !== null && Object.hasOwn(doneTexts, done) ? (done as Done) : undefined;
};

export const doneText = (done: Done | undefined): string | undefined => done && doneTexts[done];

/** Undefined: there is no such task, or not about this subject. */
export const findTask = (
  actions: PortalActions,
  view: PortalView,
  task: string,
  subject: string,
): PortalTask | undefined => {
  if (task === 'card' && subject === '') return changeCard(actions, view);
  if (task === 'email' && subject === '') return changeEmail(actions, view);
  if (task === 'pay')
    return button(view.invoices, subject, 'paid', () => actions.payInvoice(view.id, subject));
  if (task === 'resume')
    return button(view.subscriptions, subject, 'resumed', () => actions.resume(view.id, subject));
  if (task === 'cancel') return cancel(actions, view, subject);
  return task === 'switch' ? switchPlan(actions, view, subject) : undefined;
};

const button = (
  owned: readonly { readonly id: string }[],
  subject: string,
  done: Done,
  run: () => PortalOutcome,
): PortalTask | undefined =>
  owned.some(({ id }) => id === subject) ? { read: () => ({ done, run }) } : undefined;

const subscriptionOf = (view: PortalView, subject: string) =>
  view.subscriptions.find(({ id }) => id === subject);

const cancel = (actions: PortalActions, view: PortalView, subject: string): PortalTask | undefined => {
  const subscription = subscriptionOf(view, subject);
  if (!subscription) return undefined;
  return {
    show: (facts) => renderCancel(facts, subscription),
    read: (form) => {
      const when = typed(form, 'when');
      if (when === 'now') return { done: 'ended', run: () => actions.cancelNow(view.id, subject) };
      if (when !== 'period-end') return undefined;
      return { done: 'canceled', run: () => actions.cancelAtPeriodEnd(view.id, subject) };
    },
  };
};

const switchPlan = (actions: PortalActions, view: PortalView, subject: string): PortalTask | undefined => {
  const subscription = subscriptionOf(view, subject);
  if (!subscription) return undefined;
  return {
    show: (facts) => renderSwitch(facts, subscription),
    read: (form) => {
      const price = typed(form, 'price');
      if (!subscription.alternatives.some(({ priceId }) => priceId === price)) return undefined;
      return { done: 'switched', run: () => actions.switchPlan(view.id, subject, price) };
    },
  };
};

const changeCard = (actions: PortalActions, view: PortalView): PortalTask => ({
  show: (facts, form, field) => {
    if (!form) return renderChangeCard(facts, freshCard, {});
    const card = cardTyped(form);
    const reading = readCard(card);
    const blamed = field === 'number' || field === 'expiry' || field === 'cvc' ? field : undefined;
    if (blamed && facts.fault !== undefined)
      return renderChangeCard({ ...facts, fault: undefined }, card, { [blamed]: facts.fault });
    return renderChangeCard(facts, card, reading.kind === 'faulty' ? reading.faults : {});
  },
  read: (form) => {
    const reading = readCard(cardTyped(form));
    if (reading.kind === 'faulty') return undefined;
    return { done: 'card', run: () => actions.changeCard(view.id, reading.card) };
  },
});

const changeEmail = (actions: PortalActions, view: PortalView): PortalTask => ({
  show: (facts, form, field) => {
    if (!form) return renderChangeEmail(facts, view.customer.email ?? '', undefined);
    const email = typed(form, 'email');
    if (field === 'email') return renderChangeEmail({ ...facts, fault: undefined }, email, facts.fault);
    return renderChangeEmail(facts, email, emailFault(email));
  },
  read: (form) => {
    const email = typed(form, 'email');
    if (emailFault(email) !== undefined) return undefined;
    return { done: 'email', run: () => actions.changeEmail(view.id, email) };
  },
});
