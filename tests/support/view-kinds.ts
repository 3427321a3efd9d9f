/** Every kind of view of an article that the gate knows, by its reason, and what has to be so for a reader to have it. */
import type { Reason } from '../../src/gate/decision.ts';

export interface ViewKind {
  /** Unique, and the last part of its article's address. */
  readonly name: string;
  /** Of its rule: YAML. */
  readonly access: 'open' | 'registered' | 'metered' | 'locked';
  /** Of a meter of its own: YAML. */
  readonly meter?: string;
  readonly reader: 'visitor' | 'registered' | Entitled;
  /** What happens before the view. */
  readonly before?: 'reads it' | 'reads another' | 'somebody else reads another' | 'the store goes away';
  readonly headers?: Readonly<Record<string, string>>;
  /** The page has no body that could be found. */
  readonly withoutBody?: true;
  /** No plan is sold that would open it. */
  readonly withoutPlans?: true;
  /** `refusal`: no page at all. */
  readonly says: 'prompt' | 'notice' | 'nothing' | 'refusal';
}

export interface Entitled {
  readonly source: 'subscription' | 'pass' | 'comp' | 'group' | 'institution' | 'gift';
  readonly paymentDue?: true;
}

const open = { access: 'open', reader: 'visitor' } as const;
const locked = { access: 'locked', reader: 'visitor' } as const;
const entitledBy = (source: Entitled['source']): ViewKind => ({
  ...locked,
  name: source,
  reader: { source },
  says: 'nothing',
});
const metered = (visitor: number, more = '') =>
  ({
    access: 'metered',
    reader: 'visitor',
    meter: `{ window: month, visitor: ${visitor}, registered: ${visitor}${more} }`,
  }) as const;

/** By reason, so that a new one has to be given its views here before the tests compile. */
export const viewKinds: Readonly<Record<Reason, readonly ViewKind[]>> = {
  // The origin's own bytes: tests/gate/staff.test.ts compares them.
  staff: [],
  open: [{ ...open, name: 'open', says: 'nothing' }],
  subscription: [
    entitledBy('subscription'),
    {
      ...locked,
      name: 'payment-due',
      reader: { source: 'subscription', paymentDue: true },
      says: 'notice',
    },
  ],
  pass: [entitledBy('pass')],
  comp: [entitledBy('comp')],
  group: [entitledBy('group')],
  institution: [entitledBy('institution')],
  gift: [entitledBy('gift')],
  registered: [{ access: 'registered', reader: 'registered', name: 'registered', says: 'nothing' }],
  'free-read': [
    { ...metered(3), name: 'free-read', says: 'notice' },
    { ...metered(1), name: 'last-free-read', says: 'notice' },
    { ...metered(3), name: 'free-read-of-an-account', reader: 'registered', says: 'notice' },
  ],
  'already-read': [
    { ...metered(3), name: 'reread', before: 'reads it', says: 'notice' },
    { ...metered(1), name: 'last-reread', before: 'reads it', says: 'notice' },
  ],
  'registration-required': [
    { access: 'registered', reader: 'visitor', name: 'registration-required', says: 'prompt' },
  ],
  'meter-exhausted': [
    { ...metered(1), name: 'exhausted', before: 'reads another', says: 'prompt' },
    {
      ...metered(1),
      name: 'exhausted-with-an-account',
      reader: 'registered',
      before: 'reads another',
      says: 'prompt',
    },
    { ...metered(0), name: 'no-free-reads', says: 'prompt' },
  ],
  'network-exhausted': [
    {
      ...metered(1, ', networkAllowance: 1'),
      name: 'network-exhausted',
      before: 'somebody else reads another',
      says: 'prompt',
    },
  ],
  'meter-off': [{ ...metered(3, ', on: false'), name: 'meter-off', says: 'prompt' }],
  locked: [
    { ...locked, name: 'locked', says: 'prompt' },
    { ...locked, name: 'locked-and-not-sold', withoutPlans: true, says: 'prompt' },
    { ...locked, name: 'locked-with-an-account', reader: 'registered', says: 'prompt' },
  ],
  prefetch: [{ ...metered(3), name: 'prefetch', headers: { 'Sec-Purpose': 'prefetch' }, says: 'refusal' }],
  uncuttable: [
    { ...locked, name: 'uncuttable', withoutBody: true, says: 'prompt' },
    {
      ...locked,
      name: 'uncuttable-with-an-account',
      reader: 'registered',
      withoutBody: true,
      says: 'prompt',
    },
  ],
  degraded: [
    { ...metered(3), name: 'degraded', before: 'the store goes away', says: 'prompt' },
    {
      ...locked,
      name: 'degraded-by-token',
      reader: { source: 'subscription' },
      before: 'the store goes away',
      says: 'nothing',
    },
  ],
};

export const needsNoStore = ({ before }: ViewKind): boolean => before === 'the store goes away';
