/** What the gateway counts of itself, in Prometheus' words; labels are kinds, never paths or readers. */
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { type BillingMetrics, billingMetrics } from './billing-metrics.ts';
import { type SentryMetrics, sentryMetrics } from './sentry-metrics.ts';
import type { Unfinished } from './threads.ts';

export interface Metrics extends BillingMetrics, SentryMetrics {
  countDecision(outcome: 'full' | 'preview', reason: string): void;
  /** Of this process since its start; the most frequent first. */
  decisionsCounted(): readonly CountedDecisions[];
  countBodyNotFound(): void;
  countOriginFault(fault: string): void;
  countDegraded(what: 'entitlements' | 'meter'): void;
  /** An answer that held withheld text, by what became of it. */
  countDoor(outcome: string): void;
  countPolicyChange(): void;
  /** Questions to the origin whether somebody is staff; `too-many` weren't asked. */
  countStaffProbe(ended: 'staff' | 'stranger' | 'unknown' | 'too-many'): void;
  /** What was done in a thread beside. */
  countThreadTask(task: string, ended: 'done' | Unfinished['why']): void;
  contentType: string;
  text(): Promise<string>;
}

export interface CountedDecisions {
  readonly outcome: 'full' | 'preview';
  readonly reason: string;
  readonly count: number;
}

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const faults = counter(
    registry,
    'gatefold_origin_faults_total',
    'Questions the origin did not answer',
    'fault',
  );
  const degraded = counter(registry, 'gatefold_degraded_total', 'Stores that could not be asked', 'store');
  const probes = counter(
    registry,
    'gatefold_staff_probes_total',
    'Questions to the origin whether somebody is staff',
    'ended',
  );
  const doors = counter(
    registry,
    'gatefold_sentry_doors_total',
    'Answers that held withheld text at addresses that no rule speaks of',
    'outcome',
  );
  const threadTasks = new Counter({
    name: 'gatefold_thread_tasks_total',
    help: 'Large pages and documents worked on in a thread beside, by how that ended',
    labelNames: ['task', 'ended'],
    registers: [registry],
  });
  const policyChanges = counter(
    registry,
    'gatefold_policy_changes_total',
    'Changes of the policy that came into force',
  );
  const decisions = tallyDecisions(registry);
  const bodies = counter(registry, 'gatefold_body_not_found_total', 'Gated articles withheld: no body found');
  return {
    ...billingMetrics(registry),
    ...sentryMetrics(registry),
    countDecision: decisions.count,
    decisionsCounted: decisions.counted,
    countBodyNotFound: () => bodies.inc(),
    countOriginFault: (fault) => faults.inc({ fault }),
    countDegraded: (store) => degraded.inc({ store }),
    countDoor: (outcome) => doors.inc({ outcome }),
    countPolicyChange: () => policyChanges.inc(),
    countStaffProbe: (ended) => probes.inc({ ended }),
    countThreadTask: (task, ended) => threadTasks.inc({ task, ended }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
};

const counter = (registry: Registry, name: string, help: string, label?: string): Counter =>
  new Counter({ name, help, registers: [registry], labelNames: label ? [label] : [] });

/** Counting through the library costs a hash of the labels on every view: tallied here, handed over when asked. */
const tallyDecisions = (registry: Registry): DecisionTally => {
  const tally = { full: new Map<string, Count>(), preview: new Map<string, Count>() };
  new Counter({
    name: 'gatefold_decisions_total',
    help: 'Article views decided',
    labelNames: ['outcome', 'reason'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { outcome, reason, count } of counted()) this.inc({ outcome, reason }, count);
    },
  });
  const counted = (): readonly CountedDecisions[] =>
    (['full', 'preview'] as const)
      .flatMap((outcome) => Array.from(tally[outcome], ([reason, { count }]) => ({ outcome, reason, count })))
      .sort((one, other) => other.count - one.count);
  return {
    counted,
    count: (outcome, reason) => {
      const known = tally[outcome].get(reason);
      if (known) known.count += 1;
      else tally[outcome].set(reason, { count: 1 });
    },
  };
};

interface DecisionTally {
  readonly count: Metrics['countDecision'];
  readonly counted: Metrics['decisionsCounted'];
}

interface Count {
  count: number;
}
