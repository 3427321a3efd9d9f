/** `/-/console/assets`: the scripts and sheets of the console, which come from here and nowhere else. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { assetPath, type ConsoleAsset, consoleAssets } from './assets.ts';

const installed = createRequire(import.meta.url);
const ours = (name: string): string => fileURLToPath(new URL(`./browser/${name}`, import.meta.url));
const uplot = (name: string): string => join(dirname(installed.resolve('uplot')), name);

const paths: Readonly<Record<ConsoleAsset, () => string>> = {
  'chart-looks.js': () => ours('chart-looks.js'),
  'charts.js': () => ours('charts.js'),
  'copy.js': () => ours('copy.js'),
  'draft-text.js': () => ours('draft-text.js'),
  'cutoffs.js': () => ours('cutoffs.js'),
  'messages.js': () => ours('messages.js'),
  'replay.js': () => ours('replay.js'),
  'rules.js': () => ours('rules.js'),
  'rules-drag.js': () => ours('rules-drag.js'),
  'rules-keys.js': () => ours('rules-keys.js'),
  'rules-order.js': () => ours('rules-order.js'),
  'rules-save.js': () => ours('rules-save.js'),
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
