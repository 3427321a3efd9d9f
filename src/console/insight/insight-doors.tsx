/** Doors that nobody named: addresses at which withheld text was found, and what a publisher may write about each. */
import type { DoorLine } from '../../insight/charts.ts';
import { type Column, NumberTable } from './insight-table.tsx';
import type { InsightView } from './insight-view.ts';

const columns: readonly Column<DoorLine>[] = [
  { key: 'cleaned', label: 'Shortened', value: ({ times }) => times.cleaned },
  { key: 'withheld', label: 'Stopped', value: ({ times }) => times.withheld + times['broken-off'] },
  { key: 'theirs', label: 'Sent to subscribers', value: ({ times }) => times.theirs },
];

export const DoorsPart = ({ view: { doors } }: { readonly view: InsightView }) => (
  <section class="part" aria-labelledby="doors">
    <h2 id="doors">Doors that nobody named</h2>
    {doors.length === 0 ? (
      <p>On these days no answer beside the articles’ own pages held text that its reader may not read.</p>
    ) : (
      <>
        <p>
          Answers of your site that hold more of an article than everybody may read. Each was shortened or
          stopped for whoever may not read it; nothing has to be done. Where one should be treated otherwise,
          the policy may say so:
        </p>
        <NumberTable
          id="doors-table"
          caption="By address, with the article of which most was found there"
          first="Address"
          columns={columns}
          lines={doors}
          nameOf={({ path, article }) => `${path ?? 'other addresses'} → ${article ?? 'other articles'}`}
        />
        <pre class="code">{advice(doors[0]?.path ?? '/api/articles')}</pre>
      </>
    )}
  </section>
);

const advice = (path: string): string =>
  [
    'sentry:',
    `  pass: [${path}]    # not read at all: a partner’s API, say`,
    `  stop: [${path}]    # 403 rather than shortened, whenever anything is found`,
  ].join('\n');
