/** `/-/console/plans`: products and plans, changed in the draft. */
import type { Router } from 'express';
import type { ConsoleShared } from '../area.ts';
import { editingPageRoutes } from '../draft/editing-page-routes.ts';
import { plansForms } from './plans-forms-schema.ts';
import { renderPlansPage } from './plans-page.tsx';
import { type PlansOptions, viewPlans } from './plans-view.ts';

type PlansRoutesOptions = PlansOptions & Pick<ConsoleShared, 'need' | 'operatorOf' | 'showPage' | 'desk'>;

export const plansRoutes = (options: PlansRoutesOptions): Router =>
  editingPageRoutes(options, {
    path: '/-/console/plans',
    view: () => viewPlans(options),
    render: renderPlansPage,
    forms: plansForms,
    // A plan may tick very many products.
    most: { bytes: 131_072, fields: 1_100 },
  });
