/** From measured pairs to figures, and to the table that is printed. */

/**
 * @typedef {object} Summary
 * @property {string} row
 * @property {string} title
 * @property {number} target
 * @property {number} ratio Median of Gatefold's rate over the bare server's.
 * @property {readonly [number, number]} range
 * @property {number | undefined} cpuRatio Median of the bare server's CPU time per request over Gatefold's.
 * @property {boolean} reached
 * @property {{ rate: number, cpu?: number, busy?: number }} bare Medians.
 * @property {{ rate: number, cpu?: number, busy?: number }} gatefold Medians.
 */

/**
 * @param {import('./measure.mjs').Measured} measured
 * @returns {Summary}
 */
export const summarize = ({ row, pairs }) => {
  const ratios = pairs.map(({ bare, gatefold }) => gatefold.rate / bare.rate);
  const cpuRatios = pairs.flatMap(({ bare, gatefold }) =>
    bare.cpu && gatefold.cpu ? [bare.cpu / gatefold.cpu] : [],
  );
  const ratio = median(ratios);
  const cpuRatio = median(cpuRatios);
  const side = (name) => ({
    rate: median(pairs.map((pair) => pair[name].rate)),
    cpu: median(pairs.flatMap((pair) => pair[name].cpu ?? [])),
    busy: median(pairs.flatMap((pair) => pair[name].busy ?? [])),
  });
  return {
    row: row.name,
    title: row.title,
    target: row.target,
    ratio,
    range: [Math.min(...ratios), Math.max(...ratios)],
    cpuRatio,
    // The smaller: where the load is the bottleneck both rates are its own, and only the CPU time tells them apart.
    reached: Math.min(ratio, cpuRatio ?? ratio) >= row.target,
    bare: side('bare'),
    gatefold: side('gatefold'),
  };
};

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
  ['by CPU', ({ cpuRatio }) => two(cpuRatio)],
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
