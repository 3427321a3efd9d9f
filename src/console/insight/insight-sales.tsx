/** How many free reads readers have left, and what articles sell. */
import type { SellerLine } from '../../insight/charts.ts';
import type { DistributionLine } from '../../insight/distribution.ts';
import { query } from './insight-form.tsx';
import { FileLink } from './insight-funnel.tsx';
import { shown } from './insight-names.ts';
import { Chart, type Column, NumberTable } from './insight-table.tsx';
import type { InsightView, MeterReads } from './insight-view.ts';

interface Props {
  readonly view: InsightView;
  readonly path: string;
}

export const ReadsPart = ({ view, path }: Props) => (
  <section class="part" aria-labelledby="reads">
    <h2 id="reads">Free reads left</h2>
    {view.reads.length === 0 && <p>The policy has no metered limit.</p>}
    {view.reads.map((each) => (
      <MeterPart key={each.meter.id} reads={each} view={view} path={path} />
    ))}
  </section>
);

const readers: Column<DistributionLine> = { key: 'readers', label: 'Readers', value: (line) => line.readers };

const MeterPart = ({
  reads: { meter, lines },
  view: { span, today },
  path,
}: Props & { reads: MeterReads }) => {
  const when = span.to >= today ? 'now' : `at the end of ${span.to}`;
  const id = `reads-${meter.id}`;
  return (
    <>
      <h3>
        Metered limit <bdi>{meter.id}</bdi>
      </h3>
      {lines.length === 0 ? (
        <p>Nobody has used a free read of it in the window that is open {when}.</p>
      ) : (
        <>
          <Chart kind="bars" table={id} label={`Readers by free reads left ${when}`} columns={[readers]} />
          <NumberTable
            id={id}
            caption={`Readers who used a free read of it, by how many they have left ${when}`}
            first="Left"
            columns={[readers]}
            lines={lines}
            nameOf={({ audience, left, of }) =>
              `${left} of ${of}, ${audience === 'visitor' ? 'visitors' : 'with an account'}`
            }
          />
          <FileLink
            href={`${path}/reads.csv?${new URLSearchParams({ meter: meter.id, day: span.to }).toString()}`}
          />
        </>
      )}
    </>
  );
};

const steps: readonly Column<SellerLine>[] = [
  { key: 'plansPage', label: 'Plans page', value: ({ sales }) => sales.plansPage },
  { key: 'checkoutBegun', label: 'Checkout begun', value: ({ sales }) => sales.checkoutBegun },
  { key: 'subscribed', label: 'Subscribed', value: ({ sales }) => sales.subscribed },
];

export const SellersPart = ({ view, path }: Props) => (
  <section class="part" aria-labelledby="sellers">
    <h2 id="sellers">What articles sell</h2>
    {view.sellers.length === 0 ? (
      <p>On these days nobody came from an article to the plans.</p>
    ) : (
      <>
        <Chart
          kind="bars"
          table="sellers-table"
          label="Plans looked at, and subscriptions, by the article before"
          columns={steps.filter(({ key }) => key !== 'checkoutBegun')}
        />
        <NumberTable
          id="sellers-table"
          caption="By the article that the reader came from; whatever section, rule or plan is chosen above"
          first="Article"
          columns={steps}
          lines={view.sellers}
          nameOf={({ article }) => shown('article', article, view.plans)}
        />
        <FileLink href={`${path}/sellers.csv?${query({ span: view.span, only: {} })}`} />
      </>
    )}
  </section>
);
