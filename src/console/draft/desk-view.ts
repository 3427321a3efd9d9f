/** What is on the desk: the draft beside the policy in force, both read and checked, and what one changes of the other. */
import type { PolicyInForce } from '../../gate/policy-in-force.ts';
import type { LoadedPolicy } from '../../policy/load-policy.ts';
import type { Policy } from '../../policy/policy.ts';
import type { PolicyFault } from '../../policy/policy-fault.ts';
import type { CheckAhead } from '../../policy/versions/check-text.ts';
import type { Scheduled } from '../../policy/versions/desk.ts';
import type { PolicyVersions } from '../../policy/versions/policy-versions.ts';
import type { VersionSummary } from '../../policy/versions/version.ts';
import type { Change } from '../../policy/words/change.ts';
import { describeChanges } from '../../policy/words/describe-changes.ts';

export interface DeskView {
  readonly working: WorkingText;
  readonly published: PublishedText;
  readonly scheduled: readonly Scheduled[];
  /** What the draft changes of what is in force; undefined where the draft has faults. Empty without a draft. */
  readonly changes: readonly Change[] | undefined;
}

/** The draft, or what is in force where there is none. */
export interface WorkingText extends CheckedPolicy {
  readonly text: string;
  /** Whoever saves or publishes names it: it tells whether they have seen the draft as it is. */
  readonly revision: number;
  /** The version that the text was made from. */
  readonly basedOn: number;
  /** Absent: nothing is drafted. */
  readonly draft?: { readonly author: string; readonly changedAt: number };
}

export interface PublishedText extends CheckedPolicy {
  readonly text: string;
  readonly version: VersionSummary;
}

/** A text with faults has neither policy nor rules. */
export interface CheckedPolicy {
  readonly policy?: Policy;
  /** The same object for the same text, as far as it is remembered: what was made under it is kept by it. */
  readonly rules?: PolicyInForce;
  readonly faults: readonly PolicyFault[];
  readonly warnings: readonly PolicyFault[];
}

export interface DeskViewer {
  /** Rejects when the store can't be asked, or has no version yet. */
  view(): Promise<DeskView>;
  /** A text as it would be: another version, what somebody is typing. */
  check(text: string): Promise<CheckedPolicy>;
}

interface Options {
  readonly versions: Pick<PolicyVersions, 'desk' | 'version'>;
  readonly inForce: () => PolicyInForce;
  /** A policy as the gate uses it. */
  readonly compile: (policy: Policy) => PolicyInForce;
  /** What a text says, or its faults. */
  readonly drafts: CheckAhead;
}

export const createDeskViewer = (options: Options): DeskViewer => {
  const check = createCheck(options);
  return { view: createView(options, check), check };
};

const createView =
  ({ versions, inForce }: Options, check: DeskViewer['check']): DeskViewer['view'] =>
  async () => {
    const desk = await versions.desk();
    const { newest, draft, scheduled } = desk;
    const stored = newest && (await versions.version(newest.number));
    if (stored === undefined) throw new Error('The store has no version of the policy yet.');
    const { text, ...version } = stored;
    const checked = await check(text);
    const now = inForce();
    const published = {
      text,
      version,
      // The very rules that readers are answered by, so that a look at them finds what is ready.
      ...(now.policy.version === version.version ? { ...checked, policy: now.policy, rules: now } : checked),
    };
    const working: WorkingText =
      draft.kind === 'none'
        ? { ...published, revision: draft.revision, basedOn: version.number }
        : {
            ...(await check(draft.text)),
            text: draft.text,
            revision: draft.revision,
            basedOn: draft.basedOn,
            draft: { author: draft.author, changedAt: draft.changedAt },
          };
    return { working, published, scheduled, changes: changesBetween(published, working) };
  };

const changesBetween = (before: CheckedPolicy, after: CheckedPolicy): readonly Change[] | undefined => {
  if (before.policy === after.policy) return [];
  return before.policy && after.policy ? describeChanges(before.policy, after.policy) : undefined;
};

const createCheck = ({ compile, drafts }: Options): DeskViewer['check'] => {
  // As long as the text's own check is remembered.
  const kept = new WeakMap<LoadedPolicy, CheckedPolicy>();
  return async (text) => {
    await drafts.prepare(text);
    const loaded = drafts.check(text);
    const known = kept.get(loaded);
    if (known) return known;
    const checked: CheckedPolicy =
      loaded.kind === 'ok'
        ? { policy: loaded.policy, rules: compile(loaded.policy), faults: [], warnings: loaded.warnings }
        : { faults: loaded.faults, warnings: loaded.warnings };
    kept.set(loaded, checked);
    return checked;
  };
};
