/** The way from an article to a subscription: in sum, day by day, and by section, rule and plan. */
import type { Stage } from '../../insight/chart-rows.ts';
import type { FunnelLine } from '../../insight/charts.ts';
import { query } from './insight-form.tsx';
import { shown } from './insight-names.ts';
import { Chart, type Column, NumberTable } from './insight-table.tsx';
import type { InsightView } from './insight-view.ts';

interface Props {
  readonly view: InsightView;
}

interface FiledProps extends Props {
  /** Of the page; its files are below it. */
  readonly path: string;
}

const stage = (key: Stage, label: string): Column<FunnelLine> => ({
  key,
  label,
  value: ({ stages }) => stages[key],
});

const views: Column<FunnelLine> = { key: 'views', label: 'Article views', value: (line) => line.views };
const freeReads = stage('freeRead', 'Free reads');
const previews = stage('preview', 'Previews');
const stopRate: Column<FunnelLine> = {
  key: 'stopRate',
  label: 'Stop rate',
  value: (line) => line.stopRate,
  isShare: true,
};
const selling = [
  stage('promptSeen', 'Prompt seen'),
  stage('plansPage', 'Plans page'),
  stage('checkoutBegun', 'Checkout begun'),
  stage('subscribed', 'Subscribed'),
];
const all = [views, freeReads, previews, stopRate, ...selling];

interface Step {
  readonly label: string;
  readonly count: number;
}

export const WayPart = ({ view: { total } }: Props) => {
  const line: FunnelLine = { ...total, name: '' };
  const steps = [views, freeReads, previews, ...selling].map(
    ({ label, value }): Step => ({ label, count: value(line) ?? 0 }),
  );
  return (
    <section class="part" aria-labelledby="way">
      <h2 id="way">From an article to a subscription</h2>
      <Chart
        kind="bars"
        table="way-table"
        label="How far readers got on these days together"
        columns={[{ key: 'count', label: 'Count' }]}
      />
      <NumberTable
        id="way-table"
        caption="All days together"
        first="Step"
        columns={[
          { key: 'count', label: 'Count', value: ({ count }: Step) => count },
          {
            key: 'share',
            label: 'Of all views',
            value: ({ count }: Step) => (total.views === 0 ? undefined : count / total.views),
            isShare: true,
          },
        ]}
        lines={steps}
        nameOf={({ label }) => label}
      />
    </section>
  );
};

export const DaysPart = ({ view, path }: FiledProps) => (
  <section class="part" aria-labelledby="days">
    <h2 id="days">Day by day</h2>
    <Chart kind="lines" table="days-table" label="Article views" columns={[views, freeReads, previews]} />
    <Chart kind="lines" table="days-table" label="Steps of a sale" columns={selling} />
    <Chart kind="lines" table="days-table" label="Stop rate" columns={[stopRate]} isShare />
    <details class="hush">
      <summary>The numbers behind these pictures</summary>
      <NumberTable
        id="days-table"
        caption={`Each day from ${view.span.from} to ${view.span.to}`}
        first="Day"
        columns={all}
        lines={view.byDay}
        nameOf={({ name }) => name ?? ''}
      />
    </details>
    <FileLink href={`${path}/funnel.csv?${query(view, { by: 'day' })}`} />
  </section>
);

export const FileLink = ({ href }: { href: string }) => (
  <p>
    <a href={href}>This table as CSV</a>
  </p>
);

interface NamesProps extends FiledProps {
  readonly by: 'section' | 'rule' | 'plan';
  readonly title: string;
}

/** A view is of no plan: what is bought is chosen later. */
const columnsOf: Readonly<Record<NamesProps['by'], readonly Column<FunnelLine>[]>> = {
  section: all,
  rule: all,
  plan: selling,
};
const drawn: Readonly<Record<NamesProps['by'], readonly Column<FunnelLine>[]>> = {
  section: [views, previews],
  rule: [views, previews],
  plan: selling.slice(2),
};

export const NamesPart = ({ by, title, view, path }: NamesProps) => {
  const columns = columnsOf[by];
  const lines = { section: view.bySection, rule: view.byRule, plan: view.byPlan }[by].filter((line) =>
    columns.some(({ value }) => (value(line) ?? 0) > 0),
  );
  if (lines.length === 0) return null;
  return (
    <section class="part" aria-labelledby={by}>
      <h2 id={by}>{title}</h2>
      <Chart
        kind="bars"
        table={`${by}-table`}
        label={
          by === 'plan' ? 'Checkouts begun, and subscriptions' : 'Article views, and previews among them'
        }
        columns={drawn[by]}
      />
      <NumberTable
        id={`${by}-table`}
        caption={`${title}, all days together`}
        first={`${by[0]?.toUpperCase()}${by.slice(1)}`}
        columns={columns}
        lines={lines}
        nameOf={({ name }) => shown(by, name, view.plans)}
      />
      <FileLink href={`${path}/funnel.csv?${query(view, { by })}`} />
    </section>
  );
};

const ends: readonly (readonly [Stage, string])[] = [
  ['open', 'Whole: open to all'],
  ['entitled', 'Whole: subscribers, passes, comps, gift links and the like'],
  ['registered', 'Whole: an account was enough'],
  ['freeRead', 'Whole: a free read was used'],
  ['readAgain', 'Whole: a free read, seen again'],
  ['degraded', 'Whole: something was down, and the policy lets readers in then'],
  ['preview', 'Preview'],
];

export const EndsPart = ({ view: { total } }: Props) => (
  <section class="part" aria-labelledby="ends">
    <h2 id="ends">How views ended</h2>
    <NumberTable
      id="ends-table"
      caption="Each view is one of these"
      first="Ended as"
      columns={[
        { key: 'count', label: 'Views', value: ({ count }: Step) => count },
        {
          key: 'share',
          label: 'Of all',
          value: ({ count }: Step) => (total.views === 0 ? undefined : count / total.views),
          isShare: true,
        },
      ]}
      lines={ends.map(([key, label]): Step => ({ label, count: total.stages[key] }))}
      nameOf={({ label }) => label}
    />
  </section>
);
