/** The fields of a card: its number typed or picked, its date and its code. */
import type { CardField, CardTyped } from './card-typed.ts';
import { Field } from './field.tsx';
import { NumberPicks } from './number-picks.tsx';
import { cardNumbers } from './test-numbers.ts';

export interface CardFaults extends Readonly<Partial<Record<CardField, string>>> {}

/** What the fields hold before anybody typed: a date to come, and a code that every card but American Express takes. */
export const freshCard: CardTyped = { picked: 'typed', number: '', expiry: '12 / 34', cvc: '123' };

export const CardFields = ({ card, faults }: { card: CardTyped; faults: CardFaults }) => {
  const { number, expiry, cvc } = faults;
  const picked = cardNumbers.some((each) => each.number === card.picked) ? card.picked : 'typed';
  return (
    <div class="stack card">
      <Field
        name="number"
        label="Card number"
        class="typed-number"
        value={card.number}
        fault={picked === 'typed' ? number : undefined}
        input={{ ...digits, class: 'number', autocomplete: 'off', maxLength: 40 }}
      />
      <NumberPicks
        name="card"
        legend="Which card"
        typedLabel="The number typed above"
        numbers={cardNumbers}
        picked={picked}
        fault={picked === 'typed' ? undefined : number}
      />
      <div class="pair">
        <Field
          name="expiry"
          label="Expires (MM / YY)"
          value={card.expiry}
          fault={expiry}
          focused={number === undefined}
          input={{ class: 'number', autocomplete: 'off', inputMode: 'text', maxLength: 9 }}
        />
        <Field
          name="cvc"
          label="CVC"
          value={card.cvc}
          fault={cvc}
          focused={number === undefined && expiry === undefined}
          input={{ ...digits, class: 'number', autocomplete: 'off', maxLength: 4 }}
        />
      </div>
    </div>
  );
};

const digits = { inputMode: 'numeric', spellcheck: false } as const;
