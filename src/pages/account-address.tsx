/** For a reader whose address nobody has confirmed yet: the form that sends a link and a code to it. */
import { AddressForm } from './address-form.tsx';
import type { Messages } from './messages/create-messages.ts';

interface Props {
  /** Typed when paying; it may be somebody else's or mistyped, so it can be changed. */
  readonly typedEmail?: string;
  readonly messages: Messages;
}

/** Posts to `/-/sign-in`, like everybody's sign-in: it answers alike whoever has the address. */
export const ConfirmAddress = ({ typedEmail, messages }: Props) => (
  <section class="stack" aria-labelledby="address">
    <h2 id="address">{messages.text('account.address')}</h2>
    <p>{messages.text('account.address.text')}</p>
    <AddressForm email={typedEmail} returnTo="/-/account" messages={messages} />
  </section>
);
