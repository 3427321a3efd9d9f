/** Which days, and of which section, rule or plan. */
import type { Name } from '../../insight/chart-rows.ts';
import { shown, written } from './insight-names.ts';
import { lastDays } from './insight-period.ts';
import type { InsightView } from './insight-view.ts';

interface Props {
  readonly view: InsightView;
  readonly path: string;
}

export const InsightForm = ({ view, path }: Props) => {
  const { span, today, choices } = view;
  return (
    <section class="part" aria-label="What is shown">
      <nav class="pages" aria-label="Period">
        {[7, 28, 90].map((days) => {
          const { from, to } = lastDays(days, today);
          const isThis = span.from === from && span.to === to;
          return (
            <a
              key={days}
              href={`${path}?${query(view, { days })}`}
              aria-current={isThis ? 'true' : undefined}
            >
              Last {days} days
            </a>
          );
        })}
      </nav>
      <form class="line insight-form" method="get" action={path}>
        <DayField name="from" label="From" value={span.from} />
        <DayField name="to" label="To" value={span.to} />
        <NameField by="section" label="Section" names={choices.section} view={view} />
        <NameField by="rule" label="Rule" names={choices.rule} view={view} />
        <NameField by="plan" label="Plan" names={choices.plan} view={view} />
        <button class="button small" type="submit">
          Show
        </button>
      </form>
      <p class="hint">
        Days are those of {view.timeZone}. <a href="#counted">What is counted, and what can’t be</a>
      </p>
    </section>
  );
};

/** What is chosen, for another page or file of the same. */
export const query = (
  { only, span }: Pick<InsightView, 'only' | 'span'>,
  period: { readonly days?: number; readonly by?: string } = {},
): string => {
  const { days, by } = period;
  const parts = new URLSearchParams(days === undefined ? { ...span } : { days: String(days) });
  if (by !== undefined) parts.set('by', by);
  for (const part of ['section', 'rule', 'plan'] as const) {
    const name = only[part];
    if (name !== undefined) parts.set(part, written(name));
  }
  return parts.toString();
};

const DayField = ({ name, label, value }: { name: string; label: string; value: string }) => (
  <div class="field narrow">
    <label for={`insight-${name}`}>{label}</label>
    <input id={`insight-${name}`} name={name} type="date" required value={value} />
  </div>
);

interface NameFieldProps {
  readonly by: 'section' | 'rule' | 'plan';
  readonly label: string;
  readonly names: readonly Name[];
  readonly view: Pick<InsightView, 'only' | 'plans'>;
}

/** The rest can be asked for by its address. */
const mostListed = 300;

const NameField = ({ by, label, names, view: { only, plans } }: NameFieldProps) => {
  const chosen = only[by];
  const all = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  return (
    <div class="field narrow">
      <label for={`insight-${by}`}>{label}</label>
      <select id={`insight-${by}`} name={by}>
        <option value="">All</option>
        {all.slice(0, mostListed).map((name) => (
          <option key={name} value={written(name)} selected={name === chosen}>
            {shown(by, name, plans)}
          </option>
        ))}
      </select>
    </div>
  );
};
