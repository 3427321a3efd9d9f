/** `/-/console`: what is in force, and whether what it stands on is well. */
import { Router } from 'express';
import type { RequireOperator } from '../shell/require-operator.ts';
import type { ShowPage } from '../shell/show-page.ts';
import { gatherOverview, type OverviewSources } from './overview-facts.ts';
import { renderOverviewPage } from './overview-page.tsx';

interface Options extends OverviewSources {
  readonly need: RequireOperator['need'];
  readonly showPage: ShowPage;
}

export const overviewRoutes = (options: Options): Router =>
  Router().get('/-/console', options.need('read'), async (request, response) => {
    const facts = await gatherOverview(options);
    options.showPage(request, response, 200, (frame) => renderOverviewPage(frame, facts));
  });
