/** `/-/sandbox/checkout/<id>`: shows the checkout, and takes what was typed there to the offline Stripe. */
import type { CheckoutOutcome, CheckoutView, HostedActions, Refusal } from '../hosted.ts';
import { hostedPaths } from '../hosted.ts';
import { freshCard } from './card-fields.tsx';
import { checkoutPart, renderCheckout } from './checkout-page.tsx';
import { type CheckoutFaults, type CheckoutTyped, checkoutTyped, readCheckout } from './checkout-typed.ts';
import { localeChoice } from './locale-choice.ts';
import { messagePage } from './message-page.tsx';
import { type PageAnswer, type PageQuestion, sendOn } from './page-answer.ts';
import { refusedText } from './refusal-text.ts';

type Actions = Pick<HostedActions, 'checkout' | 'promotion' | 'submitCheckout'>;

export const answerCheckout = (actions: Actions, id: string, asked: PageQuestion): PageAnswer => {
  const view = actions.checkout(id);
  if (!view) return unknown(asked.now);
  // A double click's second press finds it complete: its sender goes where the first one went.
  if (view.status === 'complete' && asked.method === 'POST') return sendOn(view.successUrl);
  if (view.status !== 'open') return over(view, asked.now);
  return asked.method === 'POST' ? submit(actions, view, asked) : show(actions, view, asked);
};

const show = (actions: Actions, view: CheckoutView, asked: PageQuestion): PageAnswer => {
  const code = asked.query.get('code')?.trim() ?? '';
  const refused = refusedText(asked.query);
  const typed = { ...freshTyped(view), promotionCode: code };
  return page(actions, view, asked, typed, refused === undefined ? {} : { form: refused });
};

const submit = (actions: Actions, view: CheckoutView, asked: PageQuestion): PageAnswer => {
  const typed = checkoutTyped(asked.form, view);
  const reading = readCheckout(typed, view);
  if (reading.kind === 'faulty') return page(actions, view, asked, typed, reading.faults);
  const outcome: CheckoutOutcome = actions.submitCheckout(view.id, reading.submission);
  switch (outcome.kind) {
    case 'paid':
    case 'processing':
      return sendOn(outcome.returnUrl);
    case 'needs-authentication':
      return sendOn(hostedPaths.challenge(outcome.challengeId));
    case 'declined':
      return page(actions, view, asked, typed, { [fieldOf(outcome, typed)]: outcome.message });
    case 'gone': {
      const now = actions.checkout(view.id);
      if (now?.status === 'complete') return sendOn(now.successUrl);
      return now ? over(now, asked.now) : unknown(asked.now);
    }
    default:
      return outcome satisfies never;
  }
};

/** A field that isn't shown can't say anything: then it is said above the form. */
const fieldOf = ({ field }: Refusal, { payment }: CheckoutTyped): keyof CheckoutFaults => {
  if (field === undefined) return 'form';
  const ofCard = field === 'number' || field === 'expiry' || field === 'cvc';
  return ofCard && payment !== 'card' ? 'form' : field;
};

const page = (
  actions: Actions,
  view: CheckoutView,
  asked: PageQuestion,
  typed: CheckoutTyped,
  found: CheckoutFaults,
): PageAnswer => {
  const code = view.promotionCodes ? typed.promotionCode : '';
  const promotion = code === '' ? undefined : actions.promotion(view.id, code);
  const faults =
    code !== '' && !promotion
      ? { 'promotion-code': 'There is no such code, or it can’t be used here.', ...found }
      : found;
  const locale = localeChoice(view.locale, asked.acceptLanguage);
  return {
    kind: 'page',
    status: Object.keys(faults).length > 0 && asked.method === 'POST' ? 400 : 200,
    html: renderCheckout({ view, promotion, typed, faults, locale, now: asked.now }),
    leadsTo: [view.successUrl],
  };
};

const freshTyped = (view: CheckoutView): CheckoutTyped => ({
  email: view.email ?? '',
  name: view.name ?? '',
  payment: view.savedCard ? 'saved' : 'card',
  card: freshCard,
  account: 'typed',
  iban: '',
  promotionCode: '',
});

const over = (view: CheckoutView, now: number): PageAnswer =>
  view.status === 'complete'
    ? messagePage({
        status: 200,
        part: checkoutPart,
        title: 'This is done already',
        text: 'The checkout was finished. It can’t be paid a second time.',
        link: { to: view.successUrl, label: 'Go on' },
        now,
      })
    : messagePage({
        status: 410,
        part: checkoutPart,
        title: 'This checkout has expired',
        text: 'Nothing was paid. Go back and choose a plan once more.',
        link: { to: view.cancelUrl ?? '/', label: 'Back to the site' },
        now,
      });

const unknown = (now: number): PageAnswer =>
  messagePage({
    status: 404,
    part: checkoutPart,
    title: 'There is no such checkout',
    text: 'The address may be cut short, or the sandbox was started anew since. Go back and choose a plan once more.',
    now,
  });
