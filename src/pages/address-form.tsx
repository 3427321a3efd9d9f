/** The form that asks for an address and has a link and a code sent to it; it answers alike whoever has the address. */
import type { Messages } from './messages/create-messages.ts';
import { localPath } from './safe-link.ts';

interface Props {
  readonly email?: string | undefined;
  /** Local path to go to once the address is proved. */
  readonly returnTo: string;
  /** Attributes that say what is wrong with the address, and where that is written. */
  readonly fault?: object | undefined;
  readonly messages: Messages;
}

export const AddressForm = ({ email, returnTo, fault, messages }: Props) => (
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
        value={email}
        {...fault}
      />
    </div>
    <input type="hidden" name="return" value={localPath(returnTo)} />
    <button class="button" type="submit">
      {messages.text('signIn.send')}
    </button>
  </form>
);
