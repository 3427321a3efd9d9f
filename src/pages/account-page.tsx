/** A reader's own page: what they pay for, what they can read and why, where they're signed in, and the ways out. */
import { Access, type AccountEntitlement } from './account-access.tsx';
import { ConfirmAddress } from './account-address.tsx';
import { type AccountDevice, Devices } from './account-devices.tsx';
import { type AccountBilling, Subscriptions } from './account-subscription.tsx';
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { PageShell, renderPage } from './page-shell.tsx';

export interface AccountFacts {
  readonly site: PageSite;
  /** Proved. Absent: the reader is a browser that paid. */
  readonly email?: string;
  /** Sent here instead of to another checkout. */
  readonly subscribedAlready?: boolean;
  /** Absent: nothing can be bought on this site. */
  readonly billing?: AccountBilling;
  /** Those that hold now or will; the ended ones are left out by the caller. */
  readonly entitlements: readonly AccountEntitlement[];
  readonly devices: readonly AccountDevice[];
  readonly allowedDevices?: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export const renderAccountPage = (facts: AccountFacts, messages: Messages): string => {
  const { site, email, billing, entitlements, devices, allowedDevices: allowed, now } = facts;
  const typedEmail = billing?.typedEmail;
  return renderPage(
    <PageShell
      messages={messages}
      site={site}
      title={messages.text('account.title')}
      words={<Words facts={facts} messages={messages} />}
    >
      {email === undefined && (
        <ConfirmAddress messages={messages} {...(typedEmail === undefined ? {} : { typedEmail })} />
      )}
      {billing && hasBought(billing) && <Subscriptions billing={billing} messages={messages} />}
      <Access entitlements={entitlements} now={now} messages={messages} />
      <Devices devices={devices} messages={messages} {...(allowed === undefined ? {} : { allowed })} />
      <Data messages={messages} />
    </PageShell>,
  );
};

const hasBought = ({ customers, elsewhere }: AccountBilling): boolean =>
  customers.length > 0 || elsewhere.length > 0;

const Words = ({ facts, messages }: { facts: AccountFacts; messages: Messages }) => (
  <>
    <p class="lead">
      {facts.email === undefined
        ? messages.text('account.unproved')
        : messages.text('account.email', { email: facts.email })}
    </p>
    {facts.subscribedAlready && <p class="aside">{messages.text('account.subscribed')}</p>}
    <form class="aside" method="post" action="/-/sign-out">
      <button class="button quiet small" type="submit">
        {messages.text('account.signOut')}
      </button>
    </form>
  </>
);

const Data = ({ messages }: { messages: Messages }) => (
  <section class="stack" aria-labelledby="data">
    <h2 id="data">{messages.text('account.data')}</h2>
    <div class="actions">
      <a class="button quiet small" href="/-/account/export" download>
        {messages.text('account.export')}
      </a>
      <a class="button quiet small" href="/-/account/erase">
        {messages.text('account.erase')}
      </a>
    </div>
  </section>
);
