/** Explains the reference that a prompt ends in: what it stands for, and what such a reader gets of the article now. */
import { type AskedAddress, askedAddress } from '../gate/asked-address.ts';
import { type CodedDecision, type DecisionCode, decisionCodeIn } from '../gate/decision-code.ts';
import type { DecisionCodes } from '../gate/decision-codes.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { SeenReader } from '../gate/seen-reader.ts';
import type { PolicyVersion } from '../policy/policy.ts';
import { reasonInWords } from './explain.ts';
import type { Explained, ExplainView } from './explain-view.ts';

export type ReferenceExplained =
  | { readonly kind: 'unknown-reference' }
  | {
      readonly kind: 'reference';
      readonly code: DecisionCode;
      readonly stands: CodedDecision;
      /** Whose rules `now` was decided by: those that the prompt was made by, or others since they aren't kept any more. */
      readonly by: 'its-own' | 'in-force';
      /** The same article and kind of reader, looked at again. */
      readonly now: Explained;
      /** All of it as text. */
      readonly lines: readonly string[];
    };

/** @param text as somebody typed it. Rejects when the store can't be asked. */
export type ExplainReference = (text: string, now: number) => Promise<ReferenceExplained>;

interface Options {
  readonly codes: Pick<DecisionCodes, 'lookUp'>;
  readonly explainView: ExplainView;
  readonly inForce: () => PolicyInForce;
  /** Undefined: that policy isn't kept any more. */
  readonly rulesOf: (version: PolicyVersion) => Promise<PolicyInForce | undefined>;
  readonly hosts: readonly string[];
}

export const createExplainReference =
  ({ codes, explainView, inForce, rulesOf, hosts }: Options): ExplainReference =>
  async (text, now) => {
    const code = decisionCodeIn(text);
    const stands = code && (await codes.lookUp(code));
    if (code === undefined || stands === undefined) return { kind: 'unknown-reference' };
    const own = await rulesOf(stands.policyVersion);
    const by = own ? 'its-own' : 'in-force';
    const address = addressOf(stands, hosts);
    const again = await explainView({ address, reader: readerOf(stands), rules: own ?? inForce(), now });
    return { kind: 'reference', code, stands, by, now: again, lines: linesOf(code, stands, by, again) };
  };

/** An article's id is its canonical path. */
const addressOf = ({ article }: CodedDecision, hosts: readonly string[]): AskedAddress =>
  askedAddress(article, hosts) ?? { url: article, target: article, path: article };

/** Somebody made up, of whom the code tells all that it was made from. */
const readerOf = ({ audience, standing }: CodedDecision): SeenReader => ({
  kind: audience,
  reads: standing ? standing.of - standing.left : 0,
});

const linesOf = (
  code: DecisionCode,
  stands: CodedDecision,
  by: 'its-own' | 'in-force',
  again: Explained,
): readonly string[] => [
  `Reference ${code}: preview, because ${reasonInWords(stands.reason)} (${stands.reason}).`,
  `  article ${stands.article}, rule ${stands.rule}, ${audienceWords[stands.audience]}`,
  ...(stands.standing ? [standingLine(stands.standing)] : []),
  `  policy ${stands.policyVersion}`,
  '',
  by === 'its-own'
    ? 'Such a reader now, by that policy:'
    : 'Such a reader now, by the policy in force, since that one isn’t kept any more:',
  ...(again.kind === 'decided'
    ? [...(isSame(stands, again) ? [] : [otherNow]), '', ...again.lines]
    : [undecidedNow[again.kind]]),
];

const audienceWords = { visitor: 'a visitor', registered: 'a reader with an account' } as const;

const standingLine = ({ meter, left, of, resetsOn }: NonNullable<CodedDecision['standing']>): string =>
  `  meter ${meter}: ${left} of ${of} left, resets ${resetsOn}`;

/** Whether the same question still comes out as it did. */
export const isSame = (stands: CodedDecision, { facts }: Extract<Explained, { kind: 'decided' }>): boolean =>
  facts.decision.reason === stands.reason && facts.decision.rule === stands.rule;

export const otherNow =
  'It comes out differently now: the article, the time or a store’s state isn’t what it was then.';

const undecidedNow: Readonly<Record<Exclude<Explained['kind'], 'decided'>, string>> = {
  'not-an-article': 'No article stands there any more.',
  feed: 'A feed stands there now.',
  unavailable: 'The site doesn’t answer for it just now.',
  'unknown-reader': 'Nobody such is known.',
};
