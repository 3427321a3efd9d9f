/** What is counted of selling and of staying in step with Stripe. */
import { Counter, Gauge, type Registry } from 'prom-client';

export interface BillingMetrics {
  /** One delivery to the webhook, by its outcome and, where it wasn't heeded, why. */
  countWebhook(outcome: 'refreshed' | 'ignored' | 'refused' | 'failed', why?: string): void;
  /** One customer read from Stripe again. */
  countRefresh(outcome: 'changed' | 'unchanged' | 'unlinked' | 'unknown-customer' | 'failed'): void;
  /** One attempt to ask Stripe. */
  countStripeCall(): void;
  /** One customer that a reconcile of this process found to differ, by how. */
  countDrift(kind: string): void;
  /** One run of this process. */
  countReconcile(outcome: 'done' | 'stopped' | 'broken-off'): void;
  /** The last complete run, whoever made it. */
  showReconciled(run: FinishedRun): void;
}

export interface FinishedRun {
  /** Milliseconds. */
  readonly finishedAt: number;
  readonly seconds: number;
  /** Subscriptions. */
  readonly checked: number;
  readonly drift: readonly (readonly [kind: string, customers: number])[];
}

export const billingMetrics = (registry: Registry): BillingMetrics => {
  const counter = (name: string, help: string, ...labelNames: string[]): Counter =>
    new Counter({ name, help, registers: [registry], labelNames });
  const webhooks = counter('gatefold_webhooks_total', 'Deliveries to the webhook', 'outcome', 'why');
  const refreshes = counter('gatefold_refreshes_total', 'Customers read from Stripe again', 'outcome');
  const calls = counter('gatefold_stripe_calls_total', 'Questions put to Stripe, each attempt');
  const drift = counter('gatefold_drift_total', 'Customers that a reconcile found to differ', 'kind');
  const runs = counter('gatefold_reconciles_total', 'Runs of the reconcile', 'outcome');
  const show = lastRunGauges(registry);
  return {
    countWebhook: (outcome, why = '') => webhooks.inc({ outcome, why }),
    countRefresh: (outcome) => refreshes.inc({ outcome }),
    countStripeCall: () => calls.inc(),
    countDrift: (kind) => drift.inc({ kind }),
    countReconcile: (outcome) => runs.inc({ outcome }),
    showReconciled: show,
  };
};

/** Not there before the first run: a time of 0 would be an alarm. */
const lastRunGauges = (registry: Registry): BillingMetrics['showReconciled'] => {
  let last: FinishedRun | undefined;
  const gauge = (
    name: string,
    help: string,
    values: (run: FinishedRun) => readonly (readonly [labels: Record<string, string>, value: number])[],
    ...labelNames: string[]
  ): Gauge =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const [labels, value] of last ? values(last) : []) this.set(labels, value);
        // The library shows a figure without labels as 0 until it is told otherwise.
        if (last === undefined && labelNames.length === 0) this.remove();
      },
    });
  const single = (name: string, help: string, value: (run: FinishedRun) => number): Gauge =>
    gauge(name, help, (run) => [[{}, value(run)]]);
  single(
    'gatefold_reconcile_last_success_timestamp_seconds',
    'When the last complete reconcile ended',
    ({ finishedAt }) => finishedAt / 1000,
  );
  single('gatefold_reconcile_last_duration_seconds', 'How long it took', ({ seconds }) => seconds);
  single('gatefold_reconcile_last_subscriptions', 'How many subscriptions it saw', ({ checked }) => checked);
  gauge(
    'gatefold_reconcile_last_drift',
    'Customers that it found to differ',
    ({ drift }) => drift.map(([kind, customers]) => [{ kind }, customers]),
    'kind',
  );
  return (run) => {
    last = run;
  };
};
