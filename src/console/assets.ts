/** The files that the console's pages load, and where they are. */

export const consoleAssets = ['charts.js', 'uplot.js', 'uplot.css'] as const;

export type ConsoleAsset = (typeof consoleAssets)[number];

export const assetPath = (name: ConsoleAsset): string => `/-/console/assets/${name}`;
