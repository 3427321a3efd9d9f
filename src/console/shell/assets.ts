/** The files that the console's pages load, and where they are. */

export const consoleAssets = [
  'chart-looks.js',
  'charts.js',
  'copy.js',
  'draft-text.js',
  'cutoffs.js',
  'messages.js',
  'replay.js',
  'rules.js',
  'rules-drag.js',
  'rules-keys.js',
  'rules-order.js',
  'rules-save.js',
  'uplot.js',
  'uplot.css',
] as const;

export type ConsoleAsset = (typeof consoleAssets)[number];

export const assetPath = (name: ConsoleAsset): string => `/-/console/assets/${name}`;
