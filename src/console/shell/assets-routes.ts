/** `/-/console/assets`: the scripts and sheets of the console, which come from here and nowhere else. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { assetPath, type ConsoleAsset, consoleAssets } from './assets.ts';

const installed = createRequire(import.meta.url);
/** An area's own script. */
const ours = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const uplot = (name: string): string => join(dirname(installed.resolve('uplot')), name);

const paths: Readonly<Record<ConsoleAsset, () => string>> = {
  'chart-looks.js': () => ours('insight/chart-looks.js'),
  'charts.js': () => ours('insight/charts.js'),
  'copy.js': () => ours('shell/copy.js'),
  'draft-text.js': () => ours('versions/draft-text.js'),
  'cutoffs.js': () => ours('cutoffs/cutoffs.js'),
  'messages.js': () => ours('messages/messages.js'),
  'replay.js': () => ours('replay/replay.js'),
  'rules.js': () => ours('rules/rules.js'),
  'rules-drag.js': () => ours('rules/rules-drag.js'),
  'rules-keys.js': () => ours('rules/rules-keys.js'),
  'rules-order.js': () => ours('rules/rules-order.js'),
  'rules-save.js': () => ours('rules/rules-save.js'),
  'uplot.js': () => uplot('uPlot.esm.js'),
  'uplot.css': () => uplot('uPlot.min.css'),
};

/** Nothing in them is anybody's, so nobody is asked who they are; a changed file is asked for again by its ETag. */
export const assetsRoutes = (): Router => {
  const routes = Router();
  for (const name of consoleAssets) {
    const text = readFileSync(paths[name]());
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    routes.get(assetPath(name), (_request, response) => {
      response.setHeader('Content-Type', `${type}; charset=utf-8`);
      response.setHeader('Cache-Control', 'public, no-cache');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.send(text);
    });
  }
  return routes;
};
