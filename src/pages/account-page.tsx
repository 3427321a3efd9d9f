/** A reader's own page: what they can read and why, where they're signed in, and the ways out. */
import type { Source } from '../entitlements/entitlement.ts';
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { PageShell, renderPage } from './page-shell.tsx';

export interface AccountFacts {
  readonly site: PageSite;
  readonly email: string;
  /** Those that hold now or will; the ended ones are left out by the caller. */
  readonly entitlements: readonly AccountEntitlement[];
  readonly devices: readonly AccountDevice[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface AccountEntitlement {
  readonly productName: string;
  readonly source: Source;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface AccountDevice {
  readonly id: string;
  /** '' when the browser didn't say. */
  readonly label: string;
  readonly lastSeenAt: number;
  /** The one that asks. */
  readonly current: boolean;
}

/** Posts to `/-/sign-out`, `/-/account/devices/<id>/sign-out` and, for all of them, `/-/account/devices/all/sign-out`. */
export const renderAccountPage = (facts: AccountFacts, messages: Messages): string =>
  renderPage(
    <PageShell
      messages={messages}
      site={facts.site}
      title={messages.text('account.title')}
      words={<Words email={facts.email} messages={messages} />}
    >
      <Access facts={facts} messages={messages} />
      <Devices devices={facts.devices} messages={messages} />
    </PageShell>,
  );

const Words = ({ email, messages }: { email: string; messages: Messages }) => (
  <>
    <p class="lead">{messages.text('account.email', { email })}</p>
    <form class="aside" method="post" action="/-/sign-out">
      <button class="button quiet small" type="submit">
        {messages.text('account.signOut')}
      </button>
    </form>
  </>
);

const Access = ({ facts, messages }: { facts: AccountFacts; messages: Messages }) => (
  <section class="stack" aria-labelledby="access">
    <h2 id="access">{messages.text('account.access')}</h2>
    {facts.entitlements.length === 0 ? (
      <>
        <p>{messages.text('account.access.none')}</p>
        <a class="button" href="/-/subscribe">
          {messages.text('account.subscribe')}
        </a>
      </>
    ) : (
      <ul class="rows">
        {facts.entitlements.map((entitlement) => (
          <li>
            <div>
              <b>{entitlement.productName}</b>
              <small>
                {timeOf(entitlement, facts.now, messages)}
                {' · '}
                {messages.text(`account.source.${entitlement.source}`)}
              </small>
            </div>
          </li>
        ))}
      </ul>
    )}
  </section>
);

/** An entitlement ends just before `endsAt`: one that ends at midnight is named by its last day. */
const timeOf = ({ startsAt, endsAt }: AccountEntitlement, now: number, messages: Messages): string => {
  const date = messages.date(endsAt - 1);
  if (startsAt <= now) return messages.text('account.until', { date });
  return messages.text('account.fromUntil', { from: messages.date(startsAt), date });
};

const Devices = ({ devices, messages }: { devices: readonly AccountDevice[]; messages: Messages }) => (
  <section class="stack" aria-labelledby="devices">
    <h2 id="devices">{messages.text('account.devices')}</h2>
    <ul class="rows">
      {devices.map((device) => (
        <DeviceRow device={device} messages={messages} />
      ))}
    </ul>
    <form method="post" action="/-/account/devices/all/sign-out">
      <button class="button quiet small" type="submit">
        {messages.text('account.devices.signOutAll')}
      </button>
    </form>
  </section>
);

const DeviceRow = ({ device, messages }: { device: AccountDevice; messages: Messages }) => {
  const label = device.label || messages.text('account.device.unnamed');
  return (
    <li>
      <div>
        <b>
          <bdi>{label}</bdi>
        </b>
        <small>
          {device.current
            ? messages.text('account.device.this')
            : messages.text('account.device.seen', { date: messages.date(device.lastSeenAt) })}
        </small>
      </div>
      <form method="post" action={`/-/account/devices/${encodeURIComponent(device.id)}/sign-out`}>
        <button
          class="button quiet small"
          type="submit"
          aria-label={messages.text('account.device.signOutNamed', { device: label })}
        >
          {messages.text('account.device.signOut')}
        </button>
      </form>
    </li>
  );
};
