/** Draws the pictures of the insight page over the tables that stand behind them. */
import { barOptions, coloursOf, lineOptions, numberInWords } from './chart-looks.js';
import uPlot from './uplot.js';

/** @typedef {import('./chart-looks.js').Drawn} Drawn */

/** Bars of more rows than this can't be told apart. */
const mostBars = 12;
const barHeight = 34;
const lineHeight = 220;

for (const figure of document.querySelectorAll('[data-chart]'))
  if (figure instanceof HTMLElement) show(figure);

/** @param {HTMLElement} figure */
function show(figure) {
  const drawn = readTable(figure);
  const place = figure.querySelector('.insight-plot');
  if (!drawn || drawn.names.length === 0 || !(place instanceof HTMLElement)) return;
  figure.classList.add('insight-drawn');
  /** @type {uPlot | undefined} */
  let plot;
  const draw = () => {
    plot?.destroy();
    plot = drawIn(figure, place, drawn);
  };
  draw();
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === width || place.clientWidth === 0) return;
    width = place.clientWidth;
    draw();
  }).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
}

/**
 * The picture shows what the table says, and nothing else.
 *
 * @param {HTMLElement} figure
 * @returns {Drawn | undefined}
 */
function readTable(figure) {
  const { chart, table: tableId = '', columns: wanted = '', share, label = '' } = figure.dataset;
  const table = document.getElementById(tableId);
  if (!(table instanceof HTMLTableElement)) return undefined;
  const kind = chart === 'bars' ? 'bars' : 'lines';
  const heads = [...table.querySelectorAll('thead th')];
  const places = wanted
    .split(' ')
    .map((key) => heads.findIndex((head) => head instanceof HTMLElement && head.dataset.key === key));
  const rows = [...(table.tBodies[0]?.rows ?? [])].slice(0, kind === 'bars' ? mostBars : undefined);
  return {
    kind,
    isShare: share !== undefined,
    names: rows.map((row) => row.cells[0]?.textContent ?? ''),
    labels: places.map((place) => heads[place]?.textContent ?? ''),
    columns: places.map((place) => rows.map((row) => cellValue(row.cells[place]))),
    label,
    tableId,
  };
}

/** @param {HTMLTableCellElement | undefined} cell */
function cellValue(cell) {
  const text = cell?.dataset.value;
  return text === undefined || text === '' ? null : Number(text);
}

/**
 * @param {HTMLElement} figure
 * @param {HTMLElement} place
 * @param {Drawn} drawn
 */
function drawIn(figure, place, drawn) {
  const colours = coloursOf(figure);
  const size = sizeOf(place, drawn);
  const options = drawn.kind === 'bars' ? barOptions(drawn, colours, size) : lineOptions(drawn, colours);
  const plot = new uPlot(
    {
      ...size,
      ...options,
      legend: { show: false },
      cursor: {
        drag: { x: false, y: false },
        points: { show: drawn.kind === 'lines' },
        y: false,
        x: drawn.kind === 'lines',
      },
      hooks: { setCursor: [(self) => tell(figure, drawn, self.cursor.idx)] },
    },
    /** @type {uPlot.AlignedData} */ ([drawn.names.map((_, at) => at), ...drawn.columns]),
    place,
  );
  const canvas = plot.root.querySelector('canvas');
  canvas?.setAttribute('role', 'img');
  canvas?.setAttribute('aria-label', `${drawn.label}, drawn: the same numbers are in a table below.`);
  canvas?.setAttribute('aria-details', drawn.tableId);
  return plot;
}

/**
 * @param {HTMLElement} place
 * @param {Drawn} drawn
 */
function sizeOf(place, { kind, names }) {
  const height = kind === 'bars' ? names.length * barHeight + 40 : lineHeight;
  return { width: Math.max(200, place.clientWidth), height };
}

/**
 * What stands under the pointer, in words.
 *
 * @param {HTMLElement} figure
 * @param {Drawn} drawn
 * @param {number | null | undefined} at
 */
function tell(figure, { names, labels, columns, isShare }, at) {
  const line = figure.querySelector('.insight-at');
  if (!line) return;
  const parts = labels.flatMap((label, column) => {
    const value = at === null || at === undefined ? null : columns[column]?.[at];
    return value === null || value === undefined ? [] : [`${label} ${numberInWords(value, isShare)}`];
  });
  line.textContent = at === null || at === undefined ? '' : `${names[at]}: ${parts.join(', ')}`;
}
