/** From measured pairs to figures, and to the table that is printed. */

/**
 * @typedef {object} Summary
 * @property {string} row
 * @property {string} title
 * @property {number} target
 * @property {number} ratio What Gatefold answers in a second of CPU time over what the bare server does: the median.
 * @property {readonly [number, number]} range The least and the most of the pairs.
 * @property {number} rateRatio The same by the clock.
 * @property {boolean} saturated Both servers had their core to the full, so that the clock measures them too.
 * @property {boolean} reached
 * @property {{ rate: number, cpu?: number, busy?: number }} bare Medians.
 * @property {{ rate: number, cpu?: number, busy?: number }} gatefold Medians.
 */

/**
 * @param {import('./measure.mjs').Measured} measured
 * @returns {Summary}
 */
export const summarize = ({ row, pairs }) => {
  const rateRatios = pairs.map(({ bare, gatefold }) => gatefold.rate / bare.rate);
  const cpuRatios = pairs.flatMap(({ bare, gatefold }) =>
    bare.cpu && gatefold.cpu ? [bare.cpu / gatefold.cpu] : [],
  );
  // Where the system doesn't tell the CPU time of a process, the clock is all there is.
  const ratios = cpuRatios.length > 0 ? cpuRatios : rateRatios;
  const [ratio, rateRatio] = [median(ratios), median(rateRatios)];
  const [bare, gatefold] = [medians(pairs, 'bare'), medians(pairs, 'gatefold')];
  const saturated = Math.min(bare.busy ?? 1, gatefold.busy ?? 1) >= fullCore;
  return {
    row: row.name,
    title: row.title,
    target: row.target,
    ratio,
    range: [Math.min(...ratios), Math.max(...ratios)],
    rateRatio,
    saturated,
    reached: ratio >= row.target && (rateRatio >= row.target || !saturated),
    bare,
    gatefold,
  };
};

const fullCore = 0.9;

const medians = (pairs, side) => ({
  rate: median(pairs.map((pair) => pair[side].rate)),
  cpu: median(pairs.flatMap((pair) => pair[side].cpu ?? [])),
  busy: median(pairs.flatMap((pair) => pair[side].busy ?? [])),
});

/** Undefined of nothing. */
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const columns = [
  ['row', ({ title }) => title],
  ['ratio', ({ ratio, range }) => `${two(ratio)} (${range.map(two).join('–')})`],
  ['by the clock', ({ rateRatio, saturated }) => (saturated ? two(rateRatio) : `(${two(rateRatio)})`)],
  ['target', ({ target }) => two(target)],
  ['', ({ reached }) => (reached ? 'reached' : 'MISSED')],
  ['Gatefold/s', ({ gatefold }) => thousands(gatefold.rate)],
  ['bare/s', ({ bare }) => thousands(bare.rate)],
  ['Gatefold µs', ({ gatefold }) => whole(gatefold.cpu)],
  ['bare µs', ({ bare }) => whole(bare.cpu)],
  ['busy', ({ gatefold, bare }) => `${percent(gatefold.busy)} / ${percent(bare.busy)}`],
];

/** As Markdown, so that it can be kept. */
export const tableOf = (summaries) => {
  const lines = [
    columns.map(([name]) => name),
    ...summaries.map((summary) => columns.map(([, cell]) => cell(summary))),
  ];
  const widths = columns.map((_, index) => Math.max(3, ...lines.map((line) => line[index].length)));
  const [head, ...rest] = lines.map(
    (line) => `| ${line.map((cell, index) => cell.padEnd(widths[index])).join(' | ')} |`,
  );
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rest].join('\n');
};

const two = (number) => number?.toFixed(2) ?? '–';
const whole = (number) => number?.toFixed(0) ?? '–';
const percent = (share) => (share === undefined ? '–' : `${(100 * share).toFixed(0)} %`);
const thousands = (number) => Math.round(number).toLocaleString('en');
