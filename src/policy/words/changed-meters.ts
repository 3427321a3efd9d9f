/** Differences of meters. */
import { isDeepStrictEqual } from 'node:util';
import type { Meter } from '../policy.ts';
import type { Change, Turn } from './change.ts';
import { countInWords, numberInWords } from './list-in-words.ts';
import { periodInWords } from './window-in-words.ts';

export const changedMeters = ({ was, is }: Turn<readonly Meter[]>): readonly Change[] => {
  const before = new Map(was.map((meter) => [meter.id, meter]));
  const after = new Set(is.map(({ id }) => id));
  const about = (id: string, words: string): Change => ({ area: 'meters', about: id, words });
  return [
    ...was.filter(({ id }) => !after.has(id)).map(({ id }) => about(id, `Meter ${id} is gone`)),
    ...is.flatMap((meter) => {
      const former = before.get(meter.id);
      if (!former) return [about(meter.id, `New meter ${meter.id}: ${meterInWords(meter)}`)];
      return differences(former, meter).map((words) => about(meter.id, `Meter ${meter.id}: ${words}`));
    }),
  ];
};

/** Such as `3 free reads a month for visitors, 5 for readers with an account`. */
const meterInWords = ({ on, window, allowance, networkAllowance }: Meter): string => {
  const { visitor, registered } = allowance;
  const reads = `${countInWords(visitor, 'free read')} ${periodInWords(window)} for visitors`;
  const network =
    networkAllowance === undefined
      ? ''
      : `, for at most ${countInWords(networkAllowance, 'new visitor')} of a network`;
  return `${on ? '' : 'off; '}${reads}, ${numberInWords(registered)} for readers with an account${network}`;
};

const differences = (was: Meter, is: Meter): readonly string[] => {
  const period = periodInWords(is.window);
  const reads = (who: string, from: number, to: number): readonly string[] =>
    from === to
      ? []
      : [`${who} gets ${countInWords(to, 'free read')} ${period} instead of ${numberInWords(from)}`];
  return [
    ...(was.on === is.on
      ? []
      : [is.on ? 'is on again: free reads are given' : 'is off: nobody gets a free read from it']),
    ...(isDeepStrictEqual(was.window, is.window)
      ? []
      : [`free reads are now counted ${periodCounted(is)} instead of ${periodCounted(was)}`]),
    ...reads('a visitor', was.allowance.visitor, is.allowance.visitor),
    ...reads('a reader with an account', was.allowance.registered, is.allowance.registered),
    ...(was.networkAllowance === is.networkAllowance
      ? []
      : [
          `new visitors of one network who get free reads: ${limit(is.networkAllowance)} instead of ${limit(was.networkAllowance)}`,
        ]),
  ];
};

const periodCounted = ({ window }: Meter): string =>
  window.kind === 'rolling' ? periodInWords(window) : `by the ${window.kind}`;

const limit = (count: number | undefined): string =>
  count === undefined ? 'any number' : `at most ${numberInWords(count)}`;
