/** What the last comparison with Stripe found, and which customers it was about. */
import type { DriftKind } from '../../billing/reconcile-report.ts';
import { driftKinds } from '../../billing/reconcile-report.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { DriftReport } from './drift-report.ts';

export interface DriftFacts {
  /** False: nothing is sold here. */
  readonly sells: boolean;
  /** Absent: nothing was compared yet. */
  readonly report?: DriftReport;
  readonly everyMinutes: number;
}

export const renderDriftPage = (frame: ConsoleFrame, facts: DriftFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/readers',
    title: 'In step with Stripe',
    children: (
      <>
        <p class="rd-up">
          <a href="/-/console/readers">All readers</a>
        </p>
        <p class="hint part">
          Every {facts.everyMinutes} minutes, everything that is kept of Stripe’s customers is compared with
          Stripe. What differs is read again and mended at once; what stands here was mended, unless it says
          otherwise.
        </p>
        {facts.report ? (
          <Report frame={frame} report={facts.report} />
        ) : (
          <p class="part">{facts.sells ? 'Nothing was compared yet.' : 'Nothing is sold here.'}</p>
        )}
      </>
    ),
  });

interface Props {
  readonly frame: ConsoleFrame;
  readonly report: DriftReport;
}

const Report = ({ frame, report }: Props) => (
  <>
    <section class="part" aria-labelledby="last">
      <h2 id="last">The last comparison</h2>
      <p>{sumUp(report)}</p>
      <dl class="facts">
        <Fact name="Begun">
          <Moment at={report.startedAt} timeZone={frame.timeZone} />
        </Fact>
        <Fact name="Ended">
          {report.finishedAt === undefined ? (
            `Not yet: ${phaseWords[report.phase]}`
          ) : (
            <Moment at={report.finishedAt} timeZone={frame.timeZone} />
          )}
        </Fact>
        <Fact name="Subscriptions compared">{number(report.checked)}</Fact>
        <Fact name="Undelivered events">{number(report.events)}</Fact>
        <Fact name="Customers read again">{number(report.refetched)}</Fact>
      </dl>
      <table>
        <caption>What differed, and was mended</caption>
        <thead>
          <tr>
            <th scope="col">Difference</th>
            <th scope="col" class="count">
              Customers
            </th>
          </tr>
        </thead>
        <tbody>
          {driftKinds.map((kind) => (
            <tr key={kind}>
              <td>{capital(kindWords[kind])}</td>
              <td class="count">{number(report.drift[kind])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
    {report.failed.length > 0 && <Failed report={report} />}
    <Found frame={frame} report={report} />
  </>
);

const Fact = ({ name, children }: { name: string; children: preact.ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const sumUp = ({ finishedAt, differing, healed, failed }: DriftReport): string => {
  const soFar = finishedAt === undefined ? ' so far' : '';
  const differed =
    differing === 0
      ? `Nothing differed${soFar}.`
      : `${customers(differing)} differed${soFar}; ${mended(differing, healed)}.`;
  return failed.length === 0 ? differed : `${differed} ${customers(failed.length)} couldn’t be read.`;
};

const mended = (differing: number, healed: number): string => {
  if (healed !== differing) return `mended: ${number(healed)}`;
  return differing === 1 ? 'it was mended' : 'all were mended';
};

const Failed = ({ report: { failed } }: Pick<Props, 'report'>) => (
  <section class="part" aria-labelledby="failed">
    <h2 id="failed">Couldn’t be read</h2>
    <p class="hint">The next comparison begins with them. Why, stands in the log.</p>
    <ul class="rd-ids">
      {failed.slice(0, 100).map((customer) => (
        <li key={customer}>
          <CustomerLink customer={customer} />
        </li>
      ))}
    </ul>
    {failed.length > 100 && <p>And {number(failed.length - 100)} more.</p>}
  </section>
);

const Found = ({ frame, report: { found } }: Props) => (
  <section class="part" aria-labelledby="found">
    <h2 id="found">Customers that differed</h2>
    {found.length === 0 ? (
      <p>None was found so far.</p>
    ) : (
      <>
        <p class="hint">The newest first, of this comparison and those before it; the last 300 are kept.</p>
        <ol class="told">
          {found.map(({ customer, kinds, at }, place) => (
            <li key={place}>
              <Moment at={at} timeZone={frame.timeZone} />
              <div>
                <CustomerLink customer={customer} />
                <small>{capital(kinds.map((kind) => kindWords[kind]).join('; '))}</small>
              </div>
            </li>
          ))}
        </ol>
      </>
    )}
  </section>
);

const CustomerLink = ({ customer }: { customer: string }) => (
  <a href={`/-/console/readers/customer/${encodeURIComponent(customer)}`}>
    <code>{customer}</code>
  </a>
);

const kindWords: Readonly<Record<DriftKind, string>> = {
  'paid-but-stopped': 'paid, but was stopped',
  'not-paid-but-let-in': 'not paid, but was let in',
  'other-dates': 'let in from or until another moment',
  'old-account': 'read as they should, with an account page that told something old',
};

const phaseWords: Readonly<Record<DriftReport['phase'], string>> = {
  events: 'undelivered events are being looked at',
  sweep: 'subscriptions are being compared',
  kept: 'those that Stripe didn’t list are being looked at',
  done: 'it is at its end',
};

const customers = (count: number): string => `${number(count)} ${count === 1 ? 'customer' : 'customers'}`;
const number = (amount: number): string => amount.toLocaleString('en');
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
