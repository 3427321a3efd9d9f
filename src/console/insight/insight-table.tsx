/** A table of numbers, and the picture that a script draws from it. */

export interface Column<Line> {
  readonly key: string;
  readonly label: string;
  /** Undefined: there is none. */
  readonly value: (line: Line) => number | undefined;
  /** A part of 1, shown as percent. */
  readonly isShare?: true;
}

interface TableProps<Line> {
  readonly id: string;
  readonly caption: string;
  /** What the lines are. */
  readonly first: string;
  readonly columns: readonly Column<Line>[];
  readonly lines: readonly Line[];
  readonly nameOf: (line: Line) => string;
}

/** Rows of a page; the file has all. */
const mostRows = 50;

/** Moves sideways by itself where it is wider than the page. */
export const NumberTable = <Line,>({ id, caption, first, columns, lines, nameOf }: TableProps<Line>) => (
  <>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard */}
    <section class="insight-wide" aria-labelledby={`${id}-caption`} tabIndex={0}>
      <table id={id} class="insight-table">
        <caption id={`${id}-caption`}>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col" class="count" data-key={key}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, mostRowsOf(first)).map((line, place) => (
            <tr key={place}>
              <th scope="row">
                <bdi>{nameOf(line)}</bdi>
              </th>
              {columns.map(({ key, value, isShare }) => (
                <Cell key={key} value={value(line)} isShare={isShare === true} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
    {lines.length > mostRowsOf(first) && (
      <p class="hint">{(lines.length - mostRows).toLocaleString('en-GB')} more stand in the CSV.</p>
    )}
  </>
);

/** A picture of days needs all of them. */
const mostRowsOf = (first: string): number => (first === 'Day' ? Number.POSITIVE_INFINITY : mostRows);

const Cell = ({ value, isShare }: { value: number | undefined; isShare: boolean }) => (
  <td class="count" data-value={value}>
    {value === undefined ? '–' : isShare ? percent(value) : value.toLocaleString('en-GB')}
  </td>
);

export const percent = (share: number): string =>
  `${(share * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;

interface ChartProps {
  readonly kind: 'lines' | 'bars';
  /** The table's id. */
  readonly table: string;
  /** What the picture shows, said in a few words. */
  readonly label: string;
  /** Of the table, in the order in which they are drawn: at most four. */
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  readonly isShare?: true;
}

/** Nothing without script: then the table is what there is. */
export const Chart = ({ kind, table, label, columns, isShare }: ChartProps) => (
  <figure
    class="insight-chart"
    data-chart={kind}
    data-table={table}
    data-label={label}
    data-columns={columns.map(({ key }) => key).join(' ')}
    data-share={isShare}
  >
    <figcaption>
      {label}
      <ul class="insight-keys">
        {columns.map(({ key, label: name }) => (
          <li key={key}>{name}</li>
        ))}
      </ul>
    </figcaption>
    <div class="insight-plot" />
    <p class="insight-at" aria-hidden="true" />
  </figure>
);
