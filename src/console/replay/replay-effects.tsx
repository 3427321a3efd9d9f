/** What a replay changes by audience and section, by rule and by reason: tables of what was beside what would be. */
import type { Reason } from '../../gate/decision.ts';
import type { ReplayReport, Stopped } from '../../insight/replay-report.ts';
import type { SidesAsked } from './replay-sides.ts';
import { counted, sideInWords, whole } from './replay-words.ts';

interface Props {
  readonly report: ReplayReport;
  readonly asked: SidesAsked;
}

interface EffectLine {
  readonly name: string;
  readonly readers: number;
  readonly views: number;
  readonly stoppedBefore: Stopped;
  readonly stoppedAfter: Stopped;
}

export interface TableProps<Line> {
  readonly first: string;
  readonly asked: SidesAsked;
  readonly lines: readonly Line[];
}

/** Rows of a page; the file has all. */
const mostRows = 50;

export const EffectTable = ({
  caption,
  first,
  asked,
  lines,
}: TableProps<EffectLine> & { caption: string }) => (
  <>
    <table class="replay-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col" class="count">
            All
          </th>
          <SideHeads asked={asked} />
        </tr>
      </thead>
      <tbody>
        {lines.slice(0, mostRows).map(({ name, readers, views, stoppedBefore, stoppedAfter }) => (
          <tr key={name}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <Count of={{ readers, views }} />
            <Count of={stoppedBefore} />
            <Count of={stoppedAfter} changed={stoppedAfter.readers !== stoppedBefore.readers} />
          </tr>
        ))}
      </tbody>
    </table>
    <Rest all={lines.length} />
  </>
);

const Rest = ({ all }: { all: number }) =>
  all > mostRows ? <p class="hint">{whole(all - mostRows)} more stand in the CSV.</p> : null;

export const SideHeads = ({ asked: { policy, against } }: { asked: SidesAsked }) => (
  <>
    <th scope="col" class="count">
      Stopped {against === 'published' ? 'now' : `with ${sideInWords(against)}`}
    </th>
    <th scope="col" class="count">
      With {sideInWords(policy)}
    </th>
  </>
);

const Count = ({ of: { readers, views }, changed = false }: { of: Stopped; changed?: boolean }) => (
  <td class="count">
    {changed ? <strong>{whole(readers)}</strong> : whole(readers)}
    <small>{counted(views, 'view')}</small>
  </td>
);

export const RuleTable = ({ report, asked }: Props) => (
  <>
    <table class="replay-table">
      <caption>Views that each rule decides, and those among them that it stops</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <SideHeads asked={asked} />
        </tr>
      </thead>
      <tbody>
        {report.byRule.slice(0, mostRows).map(({ rule, before, after }) => (
          <tr key={rule}>
            <th scope="row">
              <bdi>{rule === 'otherwise' ? 'All other articles' : rule}</bdi>
            </th>
            <OfViews of={before} />
            <OfViews of={after} changed={before.stopped.views !== after.stopped.views} />
          </tr>
        ))}
      </tbody>
    </table>
    <Rest all={report.byRule.length} />
  </>
);

interface OfViewsProps {
  readonly of: { readonly views: number; readonly stopped: Stopped };
  readonly changed?: boolean;
}

const OfViews = ({ of: { views, stopped }, changed = false }: OfViewsProps) => (
  <td class="count">
    {changed ? <strong>{whole(stopped.views)}</strong> : whole(stopped.views)}
    <small>of {counted(views, 'view')}</small>
  </td>
);

export const ReasonTable = ({ report, asked }: Props) => (
  <table class="replay-table">
    <caption>What became of the views, by the reason that the decision gives</caption>
    <thead>
      <tr>
        <th scope="col">Reason</th>
        <th scope="col" class="count">
          {asked.against === 'published' ? 'Now' : `With ${sideInWords(asked.against)}`}
        </th>
        <th scope="col" class="count">
          With {sideInWords(asked.policy)}
        </th>
      </tr>
    </thead>
    <tbody>
      {report.byReason.map(({ reason, before, after }) => (
        <tr key={reason}>
          <th scope="row">
            {reasonNames[reason]} <code>{reason}</code>
          </th>
          <td class="count">{whole(before)}</td>
          <td class="count">{before === after ? whole(after) : <strong>{whole(after)}</strong>}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const reasonNames: Readonly<Record<Reason, string>> = {
  staff: 'Staff',
  open: 'Open to all',
  subscription: 'Subscription',
  pass: 'Pass',
  comp: 'Comp',
  group: 'Group',
  institution: 'Institution',
  gift: 'Gift link',
  registered: 'Has an account',
  'free-read': 'Free read',
  'already-read': 'Free read, seen again',
  degraded: 'Something was down',
  'registration-required': 'Stopped: an account is needed',
  'meter-exhausted': 'Stopped: free reads used up',
  'network-exhausted': 'Stopped: the network’s free reads used up',
  'meter-off': 'Stopped: the limit is off',
  locked: 'Stopped: subscribers only',
  prefetch: 'Stopped: nobody looked',
  uncuttable: 'Stopped: its text can’t be cut',
};
