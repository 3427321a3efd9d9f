/** The list of readers as CSV, a line for each. */
import { isActive } from '../../entitlements/entitlement.ts';
import type { Clock } from '../../ops/clock.ts';
import { type Audit, actorOf } from '../operators/audit.ts';
import type { Operator } from '../operators/operator.ts';
import { csvRow } from '../shell/csv.ts';
import type { ListAsked, ListedReader, ReaderList } from './reader-list.ts';

const head = ['reader', 'address', 'since', 'holds', 'by', 'until', 'money owed', 'browsers'];

interface Options {
  readonly list: Pick<ReaderList, 'all'>;
  readonly audit: Pick<Audit, 'note'>;
  /** The world's time, for the log. */
  readonly clock: Clock;
  readonly siteNow: Clock;
}

/** Stands in the audit log before anything leaves. Rejects when the store can't be asked. */
export async function* exportReaders(
  { list, audit, clock, siteNow }: Options,
  asked: ListAsked,
  by: Operator,
): AsyncGenerator<string> {
  await audit.note({ who: actorOf(by), what: 'export', changed: inWords(asked) }, clock());
  const now = siteNow();
  yield csvRow(head);
  for await (const readers of list.all(asked, now))
    yield readers.map((reader) => csvRow(cellsOf(reader, now))).join('');
}

/** What was typed may be somebody's address. */
const inWords = ({ filter: { holds, only }, startsWith }: ListAsked): string =>
  [
    'readers as CSV',
    ...(holds === undefined ? [] : [`holding ${holds}`]),
    ...(only === undefined ? [] : [only === 'owed' ? 'owing money' : 'with a comp']),
    ...(startsWith === undefined ? [] : ['of one beginning']),
  ].join(', ');

const cellsOf = ({ id, email, createdAt, entitlements, devices }: ListedReader, now: number) => [
  id,
  email,
  iso(createdAt),
  entitlements.map(({ product }) => product).join('; '),
  entitlements.map(({ source }) => source).join('; '),
  entitlements.map(({ endsAt }) => iso(endsAt)).join('; '),
  entitlements.some((each) => each.paymentDue && isActive(each, now)) ? 'yes' : 'no',
  devices,
];

const iso = (at: number): string => new Date(at).toISOString();
