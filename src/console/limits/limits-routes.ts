/** `/-/console/limits`: metered limits, changed in the draft. */
import type { Router } from 'express';
import type { ConsoleShared } from '../area.ts';
import { editingPageRoutes } from '../draft/editing-page-routes.ts';
import { limitsForms } from './limits-forms-schema.ts';
import { renderLimitsPage } from './limits-page.tsx';
import { type LimitsOptions, viewLimits } from './limits-view.ts';

type LimitsRoutesOptions = LimitsOptions & Pick<ConsoleShared, 'need' | 'operatorOf' | 'showPage' | 'desk'>;

export const limitsRoutes = (options: LimitsRoutesOptions): Router =>
  editingPageRoutes(options, {
    path: '/-/console/limits',
    view: () => viewLimits(options),
    render: renderLimitsPage,
    forms: limitsForms,
    most: { bytes: 8_192, fields: 20 },
  });
