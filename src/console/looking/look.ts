/** Looks at a page as somebody else, and explains it: what the pages and the API of the console share. */
import { type AskedAddress, askedAddress } from '../../gate/asked-address.ts';
import type { PolicyInForce } from '../../gate/policy-in-force.ts';
import type { SeeAs, Seen } from '../../gate/see-as.ts';
import type { SeenReader } from '../../gate/seen-reader.ts';
import type { ExplainReference, ReferenceExplained } from '../../insight/explain-reference.ts';
import type { Explained, ExplainView } from '../../insight/explain-view.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Policy, PolicyVersion } from '../../policy/policy.ts';
import type { NamedVersion, VersionNamed } from '../../policy/versions/version-named.ts';
import type { DeskView } from '../draft/desk-view.ts';
import type { DraftDesk } from '../draft/draft-desk.ts';
import type { LookFault, Nothing } from './look-faults.ts';
import type { ExplainAsked, SeeAsked } from './look-schema.ts';
import { seenReaderOf } from './seen-reader-of.ts';

export interface Faulty {
  readonly kind: 'faulty';
  readonly fault: LookFault;
}

export interface LookedAt {
  readonly kind: 'seen';
  readonly seen: Extract<Seen, { decided: unknown }>;
  readonly address: AskedAddress;
}

export interface ViewTold extends Omit<Extract<Explained, { kind: 'decided' }>, 'kind'> {
  readonly kind: 'told';
}

export type ReferenceTold = Extract<ReferenceExplained, { kind: 'reference' }>;

/** Nothing is counted or recorded. Each rejects when the store can't be asked. */
export interface Look {
  see(asked: SeeAsked, desk?: DeskView): Promise<LookedAt | Nothing | Faulty>;
  explain(asked: ExplainAsked): Promise<ViewTold | ReferenceTold | Nothing | Faulty>;
  versionNamed(version: PolicyVersion): Promise<NamedVersion | undefined>;
}

export interface LookOptions {
  readonly seeAs: SeeAs;
  readonly explainView: ExplainView;
  readonly explainReference: ExplainReference;
  readonly versionNamed: VersionNamed;
  readonly desk: Pick<DraftDesk, 'view'>;
  readonly hosts: readonly string[];
  /** The gateway's own, by which readers are answered; not the operators'. */
  readonly clock: Clock;
}

export const createLook = (options: LookOptions): Look => {
  const { seeAs, explainView, explainReference, versionNamed, desk, clock } = options;
  const ask = createAsk(options);
  return {
    see: async (asked, known) => {
      const question = ask(asked, known ?? (await desk.view()), clock());
      if (question.kind === 'faulty') return question;
      const { address, reader, rules, now } = question;
      const seen = await seeAs({ address, reader, rules, now });
      if ('decided' in seen) return { kind: 'seen', seen, address };
      return seen.kind === 'unknown-reader' ? readerUnknown : { kind: 'nothing', why: seen.kind };
    },
    explain: async (asked) => {
      if (asked.code !== undefined) {
        const told = await explainReference(asked.code, clock());
        return told.kind === 'reference' ? told : { kind: 'faulty', fault: 'reference-unknown' };
      }
      const question = ask(asked, await desk.view(), clock());
      if (question.kind === 'faulty') return question;
      const { address, reader, rules, now } = question;
      const told = await explainView({ address, reader, rules, now });
      if (told.kind === 'decided') return { ...told, kind: 'told' };
      return told.kind === 'unknown-reader'
        ? readerUnknown
        : { kind: 'nothing', why: told.kind, held: told.held };
    },
    versionNamed,
  };
};

const readerUnknown: Faulty = { kind: 'faulty', fault: 'reader-unknown' };

interface Question {
  readonly kind: 'question';
  readonly address: AskedAddress;
  readonly reader: SeenReader;
  readonly rules: PolicyInForce;
  readonly now: number;
}

const createAsk =
  ({ hosts }: Pick<LookOptions, 'hosts'>) =>
  (asked: SeeAsked, desk: DeskView, now: number): Question | Faulty => {
    const address = askedAddress(asked.address.trim(), hosts);
    if (!address) return { kind: 'faulty', fault: 'address-foreign' };
    const rules = rulesIn(desk, asked.policy);
    if (typeof rules === 'string') return { kind: 'faulty', fault: rules };
    const reader = seenReaderOf(asked, productsOn(desk), now);
    if (typeof reader === 'string') return { kind: 'faulty', fault: reader };
    return { kind: 'question', address, reader, rules, now };
  };

const rulesIn = (
  { working, published }: DeskView,
  policy: SeeAsked['policy'],
): PolicyInForce | 'draft-missing' | 'draft-faulty' => {
  if (policy === 'draft' && working.draft === undefined) return 'draft-missing';
  return (policy === 'draft' ? working : published).rules ?? 'draft-faulty';
};

/** Of both policies: the same reader can be looked at in either. */
export const productsOn = ({ working, published }: DeskView): Policy['products'] => {
  const known = published.policy?.products ?? [];
  const added = (working.policy?.products ?? []).filter(({ id }) => known.every((each) => each.id !== id));
  return [...known, ...added];
};
