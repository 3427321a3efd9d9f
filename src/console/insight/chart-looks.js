/** How the pictures look: lines of days, bars of names, colours of the page. */
import uPlot from './uplot.js';

/**
 * @typedef {object} Drawn
 * @property {'lines' | 'bars'} kind
 * @property {boolean} isShare values are parts of 1
 * @property {string[]} names of the rows
 * @property {string[]} labels of the columns
 * @property {(number | null)[][]} columns
 * @property {string} label
 * @property {string} tableId
 */

const dashes = [[], [10, 6], [2, 4], [14, 4, 2, 4]];

/** @param {HTMLElement} figure */
export function coloursOf(figure) {
  const style = getComputedStyle(figure);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    text: colour('--muted'),
    grid: colour('--line'),
    series: [1, 2, 3, 4].map((place) => colour(`--chart-${place}`)),
    font: `13px ${style.fontFamily}`,
  };
}

/** @typedef {ReturnType<typeof coloursOf>} Colours */

/**
 * @param {Drawn} drawn
 * @param {Colours} colours
 */
export function lineOptions({ names, labels, isShare }, colours) {
  const axis = {
    stroke: colours.text,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
    font: colours.font,
  };
  return {
    scales: { x: { time: false }, y: { range: fromZero(isShare) } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 34,
        gap: 10,
        incrs: [1, 2, 7, 14, 28, 56, 112],
        space: 64,
        values: (/** @type {uPlot} */ _, /** @type {number[]} */ places) =>
          places.map((at) => dayInWords(names[at])),
      },
      {
        ...axis,
        size: 60,
        ...(isShare ? {} : { incrs: wholeSteps }),
        values: (/** @type {uPlot} */ _, /** @type {number[]} */ values) =>
          values.map((value) => numberInWords(value, isShare)),
      },
    ],
    series: [
      {},
      ...labels.map((label, at) => ({
        label,
        stroke: colours.series[at] ?? colours.text,
        width: 2,
        dash: dashes[at] ?? [],
        points: { show: names.length <= 31, size: 5 },
      })),
    ],
  };
}

/**
 * A bar to the right for each row; a second column is drawn narrower over the first, of which it is a part.
 *
 * @param {Drawn} drawn
 * @param {Colours} colours
 * @param {{ readonly width: number }} size
 */
export function barOptions({ names, labels, isShare }, colours, { width }) {
  const axis = { stroke: colours.text, ticks: { show: false }, font: colours.font };
  const room = Math.min(220, Math.round(width * 0.38));
  return {
    scales: {
      x: {
        time: false,
        ori: /** @type {const} */ (1),
        dir: /** @type {const} */ (-1),
        range: /** @type {[number, number]} */ ([-0.5, names.length - 0.5]),
      },
      y: { ori: /** @type {const} */ (0), dir: /** @type {const} */ (1), range: fromZero(isShare) },
    },
    axes: [
      {
        ...axis,
        side: /** @type {const} */ (3),
        size: room,
        grid: { show: false },
        splits: () => names.map((_, at) => at),
        values: () => names.map((name) => fitting(name, room - 16, colours.font)),
      },
      {
        ...axis,
        side: /** @type {const} */ (2),
        size: 32,
        space: 70,
        grid: { stroke: colours.grid, width: 1 },
        ...(isShare ? {} : { incrs: wholeSteps }),
        values: (/** @type {uPlot} */ _, /** @type {number[]} */ values) =>
          values.map((value) => numberInWords(value, isShare)),
      },
    ],
    series: [
      {},
      ...labels.map((label, at) => ({
        label,
        fill: colours.series[at] ?? colours.text,
        stroke: 'transparent',
        width: 0,
        points: { show: false },
        paths: uPlot.paths.bars?.({ size: [at === 0 ? 0.7 : 0.3, 60], align: 0 }),
      })),
    ],
  };
}

/** Counts are whole. */
const wholeSteps = Array.from({ length: 12 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();

/**
 * @param {boolean} isShare
 * @returns {(self: uPlot, least: number | null, most: number | null) => [number, number]}
 */
function fromZero(isShare) {
  return (_self, _least, most) => [0, most && most > 0 ? most * 1.05 : isShare ? 1 : 4];
}

/** @param {string | undefined} day such as 2026-11-23 */
function dayInWords(day) {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? '' : dayFormat.format(at);
}
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/**
 * @param {number} value
 * @param {boolean} isShare
 */
export function numberInWords(value, isShare) {
  return isShare ? `${Math.round(value * 1000) / 10} %` : value.toLocaleString('en-GB');
}

/**
 * Addresses begin alike: of them the end is kept.
 *
 * @param {string} name
 * @param {number} room pixels
 * @param {string} font
 */
function fitting(name, room, font) {
  const ruler = document.createElement('canvas').getContext('2d');
  if (!ruler) return name;
  ruler.font = font;
  const isAddress = name.startsWith('/');
  /** @param {string} text */
  const marked = (text) => (isAddress ? `…${text}` : `${text}…`);
  if (ruler.measureText(name).width <= room) return name;
  let text = name;
  while (text.length > 1 && ruler.measureText(marked(text)).width > room)
    text = isAddress ? text.slice(1) : text.slice(0, -1);
  return marked(text);
}
