/** A replay's numbers, told apart by rule, section, audience and reason, and those who change most. */
import type { ComponentChildren } from 'preact';
import type { Audience } from '../../insight/logged-view.ts';
import type { Changed, ReplayReport } from '../../insight/replay-report.ts';
import { SiteLink } from '../shell/site-link.tsx';
import { EffectTable, ReasonTable, RuleTable, SideHeads, type TableProps } from './replay-effects.tsx';
import type { SidesAsked } from './replay-sides.ts';
import { whole } from './replay-words.ts';

interface Props {
  readonly report: ReplayReport;
  readonly asked: SidesAsked;
}

export const ReplayTables = ({ report, asked }: Props) => (
  <>
    <Part id="by-audience" title="By audience">
      <EffectTable
        caption="Readers who were stopped at least once, and the views at which they were"
        first="Audience"
        asked={asked}
        lines={[
          ...report.byAudience.map((line) => ({ ...line, name: audienceNames[line.audience] })),
          { ...report.total, name: 'Everybody' },
        ]}
      />
    </Part>
    <Part id="by-section" title="By section">
      <EffectTable
        caption="The same by section"
        first="Section"
        asked={asked}
        lines={report.bySection.map((line) => ({ ...line, name: line.section || 'No section' }))}
      />
    </Part>
    <Part id="by-rule" title="By rule">
      <RuleTable report={report} asked={asked} />
    </Part>
    <Part id="by-reason" title="By reason">
      <ReasonTable report={report} asked={asked} />
    </Part>
    <Part id="articles" title="Articles that change most">
      <ChangedTable
        first="Article"
        asked={asked}
        lines={report.articles.map((line) => ({ ...line, name: <ArticleName id={line.article} /> }))}
      />
    </Part>
    <Part id="readers" title="Readers who change most">
      <ChangedTable
        first="Reader"
        asked={asked}
        lines={report.readers.map((line, place) => ({
          ...line,
          name: `${place + 1}, ${readerNames[line.audience]}`,
        }))}
      />
      <p class="hint">The log holds no names: nobody can be found by these lines.</p>
    </Part>
  </>
);

const audienceNames: Readonly<Record<Audience, string>> = {
  visitor: 'Visitors',
  registered: 'With an account',
  subscriber: 'Subscribers',
};
const readerNames: Readonly<Record<Audience, string>> = {
  visitor: 'a visitor',
  registered: 'with an account',
  subscriber: 'a subscriber',
};

const Part = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section class="part" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

interface ChangedLine extends Changed {
  readonly name: ComponentChildren;
}

const ChangedTable = ({ first, asked, lines }: TableProps<ChangedLine>) =>
  lines.length === 0 ? (
    <p>None changes.</p>
  ) : (
    <table class="replay-table">
      <caption>Views that are stopped</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col" class="count">
            Views
          </th>
          <SideHeads asked={asked} />
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, views, stoppedBefore, stoppedAfter }, place) => (
          <tr key={place}>
            <th scope="row">{name}</th>
            <td class="count">{whole(views)}</td>
            <td class="count">{whole(stoppedBefore)}</td>
            <td class="count">
              <strong>{whole(stoppedAfter)}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );

const ArticleName = ({ id }: { id: string }) => (
  <SiteLink path={id}>
    <bdi>{id}</bdi>
  </SiteLink>
);
