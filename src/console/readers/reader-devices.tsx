/** Where a reader is signed in, with ways to sign them out. */
import type { DeviceRecord } from '../../readers/reader.ts';
import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { ReaderFacts } from './reader-facts.ts';

interface Props {
  readonly frame: ConsoleFrame;
  readonly facts: Pick<ReaderFacts, 'sheet' | 'mayChange'>;
}

export const ReaderDevices = ({ frame, facts }: Props) => {
  const { devices, reader } = facts.sheet;
  return (
    <section class="part" aria-labelledby="browsers">
      <h2 id="browsers">Browsers</h2>
      {devices.length === 0 ? (
        <p>Not signed in anywhere.</p>
      ) : (
        <ul class="rows">
          {devices.map((device) => (
            <Device key={device.id} device={device} frame={frame} facts={facts} />
          ))}
        </ul>
      )}
      {facts.mayChange && devices.length > 1 && (
        <form method="post" action={`/-/console/readers/${reader.id}/sign-out`}>
          <button class="button quiet small" type="submit" name="device" value="all">
            Sign out everywhere
          </button>
        </form>
      )}
    </section>
  );
};

const Device = ({ device, frame: { timeZone }, facts }: Props & { readonly device: DeviceRecord }) => {
  const label = device.label || 'A browser without a name';
  return (
    <li>
      <div>
        <b>{label}</b>
        <small>
          Signed in on <Moment at={device.createdAt} timeZone={timeZone} />
        </small>
        <small>
          Last seen <Moment at={device.lastSeenAt} timeZone={timeZone} />
        </small>
      </div>
      {facts.mayChange && (
        <form method="post" action={`/-/console/readers/${facts.sheet.reader.id}/sign-out`}>
          <button
            class="button quiet small"
            type="submit"
            name="device"
            value={device.id}
            aria-label={`Sign out ${label}`}
          >
            Sign out
          </button>
        </form>
      )}
    </li>
  );
};
