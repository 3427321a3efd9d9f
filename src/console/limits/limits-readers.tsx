/** How many readers have how many free articles left, as a table that is a picture too. */
import type { DistributionLine } from '../../insight/distribution.ts';
import type { Meter } from '../../policy/policy.ts';
import { countInWords, numberInWords } from '../../policy/words/list-in-words.ts';
import { type ReaderBars, readerBars } from './reader-bars.ts';

interface Props {
  /** In force. */
  readonly meter: Meter;
  readonly lines: readonly DistributionLine[];
}

export const LimitsReaders = ({ meter, lines }: Props) => {
  const groups = readerBars(lines);
  const most = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ readers }) => readers)));
  return (
    <div class="limits-readers">
      <h3>Readers now</h3>
      {groups.length === 0 ? (
        <p>
          Nobody has read a free article of it in this window yet. Readers are counted here from their first
          one on.
        </p>
      ) : (
        <>
          <div class="limits-tables">
            {groups.map((group) => (
              <Bars key={`${group.audience} ${group.of}`} group={group} most={most} />
            ))}
          </div>
          <p class="hint">
            Only readers who have read at least one of it: how many have all of theirs left, nobody knows.{' '}
            {meter.window.kind === 'rolling' && 'In a rolling window these figures are near and no more. '}
            {groups.some(({ of, audience }) => of !== meter.allowance[audience]) &&
              'The allowance was changed within this window: a reader may stand in two tables.'}
          </p>
        </>
      )}
    </div>
  );
};

const Bars = ({ group: { audience, of, bars }, most }: { group: ReaderBars; most: number }) => (
  <table>
    <caption>
      {audience === 'visitor' ? 'Visitors' : 'Registered readers'}, of {countInWords(of, 'free article')}
    </caption>
    <thead>
      <tr>
        <th scope="col">Left</th>
        <th scope="col">Readers</th>
      </tr>
    </thead>
    <tbody>
      {bars.map(({ left, readers }) => (
        <tr key={left}>
          <th scope="row">{left}</th>
          <td>
            <span class="limits-bar">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect width={Math.round((1000 * readers) / most) / 10} height="10" />
              </svg>
              {numberInWords(readers)}
            </span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
