/** What became of views and sales in a period: pictures, the table behind each, and what can be known of it. */

import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { SiteLink } from '../shell/site-link.tsx';
import { InsightCounted } from './insight-counted.tsx';
import { DoorsPart } from './insight-doors.tsx';
import { InsightForm } from './insight-form.tsx';
import { DaysPart, EndsPart, NamesPart, WayPart } from './insight-funnel.tsx';
import { ReadsPart, SellersPart } from './insight-sales.tsx';
import type { InsightView } from './insight-view.ts';

export interface InsightFacts {
  readonly view: InsightView;
  readonly fault?: string | undefined;
}

const path = '/-/console/insight';

export const renderInsightPage = (frame: ConsoleFrame, { view, fault }: InsightFacts): string =>
  renderConsolePage({
    frame,
    place: path,
    fault,
    scripts: ['charts.js'],
    sheets: ['uplot.css'],
    children: (
      <>
        <InsightForm view={view} path={path} />
        {isEmpty(view) ? (
          <Nothing />
        ) : (
          <>
            <WayPart view={view} />
            <DaysPart view={view} path={path} />
            <EndsPart view={view} />
            <NamesPart by="section" title="By section" view={view} path={path} />
            <NamesPart by="rule" title="By rule" view={view} path={path} />
            <NamesPart by="plan" title="By plan" view={view} path={path} />
          </>
        )}
        <ReadsPart view={view} path={path} />
        <SellersPart view={view} path={path} />
        <DoorsPart view={view} />
        <InsightCounted />
      </>
    ),
  });

const isEmpty = ({ total }: InsightView): boolean =>
  Object.values(total.stages).every((count) => count === 0);

const Nothing = () => (
  <section class="part" aria-labelledby="nothing">
    <h2 id="nothing">Nothing was counted</h2>
    <p>
      Nobody looked at an article on these days, or nothing is of what was chosen. Choose other days or all
      sections, rules and plans; on a new site, open an article{' '}
      <SiteLink path="/">as a reader would</SiteLink> and come back after some seconds.
    </p>
  </section>
);
