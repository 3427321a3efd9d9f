/** Where a reader is signed in, with the ways to sign those out. */
import type { Messages } from './messages/create-messages.ts';

export interface AccountDevice {
  readonly id: string;
  /** '' when the browser didn't say. */
  readonly label: string;
  readonly lastSeenAt: number;
  /** The one that asks. */
  readonly current: boolean;
}

interface Props {
  readonly devices: readonly AccountDevice[];
  /** Absent: as many as the reader likes. */
  readonly allowed?: number;
  readonly messages: Messages;
}

/** Posts to `/-/account/devices/<id>/sign-out` and, for all of them, `/-/account/devices/all/sign-out`. */
export const Devices = ({ devices, allowed, messages }: Props) => (
  <section class="stack" aria-labelledby="devices">
    <h2 id="devices">{messages.text('account.devices')}</h2>
    <ul class="rows">
      {devices.map((device) => (
        <DeviceRow device={device} messages={messages} />
      ))}
    </ul>
    {allowed !== undefined && (
      <p class="hint">{messages.counted('account.devices.allowed', allowed, { allowed })}</p>
    )}
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
