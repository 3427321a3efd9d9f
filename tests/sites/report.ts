/** What a trial showed, in lines. */
import { inWords } from './crawl.ts';
import type { Trial } from './try-site.ts';

export const faultsOf = ({ crawled, compared }: Trial): number =>
  crawled.leaks.length +
  crawled.failures.length +
  compared.differences.length +
  (compared.holding === 0 ? 1 : 0);

export const reportOf = (name: string, trial: Trial, long: boolean): string => {
  const { learnt, marks, crawled, compared } = trial;
  const { answers, addresses, kinds, leaks, failures } = crawled;
  const counts = [...kinds]
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${count} × ${kind}`);
  const shown = <Line>(list: readonly Line[]): readonly Line[] => (long ? list : list.slice(0, 25));
  const more = (list: readonly unknown[]): readonly string[] =>
    list.length > shown(list).length
      ? [`    … and ${list.length - shown(list).length} more (--long names all)`]
      : [];
  return [
    `${name}`,
    `  ${learnt}`,
    `  ${answers} answers, ${addresses.length} addresses, ${marks} marks beyond the cuts`,
    ...(long ? counts : counts.slice(0, 12)).map((line) => `    ${line}`),
    `  ${leaks.length} answers hold what is withheld; without the gate, ${compared.holding} of these addresses do`,
    ...shown(leaks).map(
      ({ asked, kind, found }) => `    ${asked} → ${kind}: ${found.slice(0, 3).join(' ')} (${found.length})`,
    ),
    ...more(leaks),
    `  ${failures.length} weren’t answered, or with a 500`,
    ...shown(failures).map((asked) => `    ${inWords(asked)}`),
    ...more(failures),
    `  subscriber: ${compared.equal} of ${compared.equal + compared.differences.length} answers are the origin’s (${compared.bytes.toLocaleString('en')} bytes); ` +
      `${compared.unsteady} more the origin itself answers otherwise each time`,
    ...shown(compared.differences).map((line) => `    ${line}`),
    ...more(compared.differences),
  ].join('\n');
};
