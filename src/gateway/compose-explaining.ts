/** Explaining, put together from the gate's look at a page, the codes on prompts and the policy's versions. */
import { LRUCache } from 'lru-cache';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import { createExplainReference, type ExplainReference } from '../insight/explain-reference.ts';
import { createExplainView, type ExplainView } from '../insight/explain-view.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import { knownMessages } from '../pages/messages/message-keys.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import type { PolicyVersion } from '../policy/policy.ts';
import { createVersionNamed, type VersionNamed } from '../policy/versions/version-named.ts';
import type { Stores } from '../stores/open-stores.ts';
import type { Gate } from './compose-gate.ts';
import { compilePolicy } from './policy-in-force.ts';

export interface Explaining {
  readonly explainView: ExplainView;
  readonly explainReference: ExplainReference;
  readonly versionNamed: VersionNamed;
}

interface Options {
  readonly gate: Pick<Gate, 'seeAs' | 'heldAt' | 'codes'>;
  readonly meters: Pick<MeterStore, 'reads'>;
  readonly stores: Pick<Stores, 'versions'>;
  readonly inForce: () => PolicyInForce;
  readonly hosts: readonly string[];
}

export const composeExplaining = ({ gate, meters, stores, inForce, hosts }: Options): Explaining => {
  const explainView = createExplainView({ seeAs: gate.seeAs, heldAt: gate.heldAt, meters });
  const versionNamed = createVersionNamed(stores.versions);
  const rulesOf = createRulesOf({ versionNamed, store: stores.versions, inForce });
  return {
    explainView,
    explainReference: createExplainReference({ codes: gate.codes, explainView, inForce, rulesOf, hosts }),
    versionNamed,
  };
};

interface RulesOptions {
  readonly versionNamed: VersionNamed;
  readonly store: Pick<Stores['versions'], 'version'>;
  readonly inForce: () => PolicyInForce;
}

/** Prompts that somebody asks about were mostly made by the last few. */
const keptRules = 6;

const createRulesOf = ({ versionNamed, store, inForce }: RulesOptions) => {
  const kept = new LRUCache<PolicyVersion, PolicyInForce>({ max: keptRules });
  return async (version: PolicyVersion): Promise<PolicyInForce | undefined> => {
    const now = inForce();
    if (now.policy.version === version) return now;
    const known = kept.get(version);
    if (known) return known;
    const named = await versionNamed(version);
    const stored = named && (await store.version(named.number));
    const loaded = stored && loadPolicy(stored.text, `version ${stored.number}`, knownMessages);
    if (loaded?.kind !== 'ok') return undefined;
    const rules = compilePolicy(loaded.policy, now.sandbox ?? false);
    kept.set(version, rules);
    return rules;
  };
};
