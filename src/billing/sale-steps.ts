/** What whoever counts hears of selling, step by step. Each answers at once and throws nothing: no reader waits for it. */

export interface SaleSteps {
  plansShown(step: ShownStep): void;
  checkoutBegun(step: BegunStep): void;
  /** May be told more than once of the same checkout, and by several instances. */
  sold(sale: Sale): void;
}

interface Step {
  /** Local path that the reader came from, as far as it is known; `/` where it isn't. */
  readonly returnTo: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface ShownStep extends Step {
  readonly userAgent: string | undefined;
}

export interface BegunStep extends Step {
  readonly plan: string;
}

export interface Sale extends Step {
  /** Stripe's own name for it. */
  readonly checkout: string;
  readonly plan: string;
}
