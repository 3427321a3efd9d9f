/** What the plans page shows. */
import type { FormAgain } from '../draft/form-again.ts';
import type { PlansView } from './plans-view.ts';

export interface PlansFacts {
  readonly view: PlansView;
  /** True: whoever looks may edit the draft, and forms can. */
  readonly mayChange: boolean;
  readonly notice?: string;
  readonly fault?: string;
  /** The form that came back. */
  readonly again?: FormAgain;
}
