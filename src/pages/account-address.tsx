/** For a reader whose address nobody has confirmed yet: the form that sends a link and a code to it. */
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
    <form class="stack" method="post" action="/-/sign-in">
      <div class="field">
        <label for="email">{messages.text('signIn.email')}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          inputMode="email"
          dir="ltr"
          required
          maxLength={254}
          value={typedEmail}
        />
      </div>
      <input type="hidden" name="return" value="/-/account" />
      <button class="button" type="submit">
        {messages.text('signIn.send')}
      </button>
    </form>
  </section>
);
