/** The hosted checkout: what is bought on the left, who pays and how on the right. */
import { safeLink } from '../../pages/safe-link.ts';
import type { CheckoutView } from '../hosted.ts';
import { hostedPaths } from '../hosted.ts';
import { CardFields } from './card-fields.tsx';
import { cardName } from './card-name.ts';
import { CheckoutSum, checkoutTitle, dueNow, type SumFacts } from './checkout-sum.tsx';
import type { CheckoutFaults, CheckoutTyped } from './checkout-typed.ts';
import { Field } from './field.tsx';
import { Fault, Frame, renderFrame } from './frame.tsx';
import { moneyText } from './money-text.ts';
import { NumberPicks } from './number-picks.tsx';
import { accountNumbers } from './test-numbers.ts';

export const checkoutPart = 'Gatefold sandbox checkout';

export interface CheckoutFacts extends Omit<SumFacts, 'code' | 'codeFault'> {
  readonly typed: CheckoutTyped;
  readonly faults: CheckoutFaults;
}

export const renderCheckout = (facts: CheckoutFacts): string => {
  const { view, typed, faults, now } = facts;
  const back = view.cancelUrl && safeLink(view.cancelUrl);
  const sum = { ...facts, code: typed.promotionCode, codeFault: faults['promotion-code'] };
  return renderFrame(
    <Frame
      part={checkoutPart}
      title={checkoutTitle(view)}
      now={now}
      faulty={Object.keys(faults).length > 0}
      above={
        back && (
          <a class="back" href={back}>
            ← Back
          </a>
        )
      }
      words={<CheckoutSum {...sum} />}
    >
      {faults.form !== undefined && <Fault text={faults.form} />}
      <form class="stack" method="post" action={hostedPaths.checkout(view.id)} noValidate>
        <Reader view={view} typed={typed} faults={faults} />
        <PaymentFields view={view} typed={typed} faults={faults} />
        {facts.promotion && <input type="hidden" name="promotionCode" value={facts.promotion.code} />}
        <button class="button" type="submit">
          {payLabel(facts)}
        </button>
      </form>
    </Frame>,
  );
};

interface PartProps {
  readonly view: CheckoutView;
  readonly typed: CheckoutTyped;
  readonly faults: CheckoutFaults;
}

const Reader = ({ view, typed, faults }: PartProps) => (
  <fieldset>
    <legend>Who pays</legend>
    {view.emailFixed ? (
      <p>
        <b>
          <bdi>{view.email}</bdi>
        </b>
        <br />
        <small class="hint">This address belongs to the customer and can’t be changed here.</small>
      </p>
    ) : (
      <Field
        name="email"
        label="Email"
        value={typed.email}
        fault={faults.email}
        input={{ type: 'email', autocomplete: 'email', inputMode: 'email', dir: 'ltr', maxLength: 512 }}
      />
    )}
    <Field
      name="name"
      label="Name (may stay empty)"
      value={typed.name}
      input={{ autocomplete: 'name', maxLength: 256 }}
    />
  </fieldset>
);

const PaymentFields = ({ view, typed, faults }: PartProps) => (
  <div class="stack payment">
    <fieldset>
      <legend>How to pay</legend>
      <div class="picks">
        {view.savedCard && (
          <Choice value="saved" typed={typed} name={cardName(view.savedCard)} effect="The card on file." />
        )}
        <Choice value="card" typed={typed} name={view.savedCard ? 'Another card' : 'Card'} />
        <Choice
          value="bank-debit"
          typed={typed}
          name="Bank debit"
          effect="Takes three days to be paid, or to fail."
        />
      </div>
    </fieldset>
    <div class="by-card">
      <CardFields card={typed.card} faults={faults} />
    </div>
    <div class="by-debit">
      <DebitFields typed={typed} fault={faults.iban} />
    </div>
  </div>
);

interface ChoiceProps {
  readonly value: CheckoutTyped['payment'];
  readonly typed: CheckoutTyped;
  readonly name: string;
  readonly effect?: string;
}

const Choice = ({ value, typed, name, effect }: ChoiceProps) => (
  <label>
    <input type="radio" name="payment" value={value} checked={typed.payment === value} />
    <span>
      {name}
      {effect && <small>{effect}</small>}
    </span>
  </label>
);

const DebitFields = ({ typed, fault }: { typed: CheckoutTyped; fault: string | undefined }) => {
  const picked = accountNumbers.some(({ number }) => number === typed.account);
  return (
    <div class="stack debit">
      <Field
        name="iban"
        label="IBAN"
        class="typed-iban"
        value={typed.iban}
        fault={picked ? undefined : fault}
        input={{ class: 'number', autocomplete: 'off', spellcheck: false, maxLength: 50 }}
      />
      <NumberPicks
        name="account"
        legend="Which account"
        typedLabel="The IBAN typed above"
        numbers={accountNumbers}
        picked={typed.account}
        fault={picked ? fault : undefined}
      />
    </div>
  );
};

const payLabel = (facts: CheckoutFacts): string => {
  const { view, locale } = facts;
  const due = dueNow(facts);
  if (view.trialDays !== undefined && due === 0) return 'Start the free trial';
  const money = moneyText(due, view.currency, locale);
  if (view.mode === 'payment') return `Pay ${money}`;
  return due === 0 ? 'Subscribe' : `Subscribe and pay ${money}`;
};
