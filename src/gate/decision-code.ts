/** The short code on a prompt, from which support can tell why it was shown: equal for all who are shown the same. */
import { createHmac } from 'node:crypto';
import type { ArticleId } from '../article/article.ts';
import type { Brand } from '../ops/brand.ts';
import type { MeterId, PolicyVersion, RuleId } from '../policy/policy.ts';
import type { Deny, DenyReason } from './decision.ts';

/** `k7f3-2m9q-b4xz`. */
export type DecisionCode = Brand<string, 'DecisionCode'>;

/** What a code stands for: all that a prompt was made from, and nothing of the reader but the kind. */
export interface CodedDecision {
  readonly article: ArticleId;
  readonly policyVersion: PolicyVersion;
  readonly rule: RuleId | 'otherwise';
  readonly reason: DenyReason;
  readonly audience: 'visitor' | 'registered';
  readonly standing?: {
    readonly meter: MeterId;
    readonly left: number;
    readonly of: number;
    /** `2026-12-01`, in UTC: a rolling window ends at another moment for each reader, and a code is not one reader's. */
    readonly resetsOn: string;
  };
}

/** What a denial of this article to this kind of reader is coded from. */
export const codedDecision = (article: ArticleId, decision: Deny, registered: boolean): CodedDecision => {
  const { policyVersion, rule, reason, standing } = decision;
  return {
    article,
    policyVersion,
    rule,
    reason,
    audience: registered ? 'registered' : 'visitor',
    ...(standing
      ? {
          standing: {
            meter: standing.meter,
            left: standing.left,
            of: standing.of,
            resetsOn: new Date(standing.resetsAt).toISOString().slice(0, 10),
          },
        }
      : {}),
  };
};

/** The same at every instance that has the key; without it nobody can tell which code a decision would have. */
export const decisionCodeOf = (key: Buffer, facts: CodedDecision): DecisionCode => {
  const { article, policyVersion, rule, reason, audience, standing } = facts;
  const met = standing ? [standing.meter, standing.left, standing.of, standing.resetsOn] : [];
  const digest = createHmac('sha256', key)
    .update(JSON.stringify([article, policyVersion, rule, reason, audience, ...met]))
    .digest();
  let rest = digest.readBigUInt64BE();
  let letters = '';
  for (let place = 0; place < codeLength; place += 1) {
    letters += alphabet[Number(rest % base)] ?? '';
    rest /= base;
  }
  return grouped(letters);
};

/** The code in what somebody typed or read out; undefined when there is none in it. */
export const decisionCodeIn = (text: string): DecisionCode | undefined => {
  if (text.length > longestTyped) return undefined;
  const letters = text.toLowerCase().replace(marks, '');
  return wholeCode.test(letters) ? grouped(letters) : undefined;
};

/** No vowels, so that no code is a word, and none of the signs that are taken for each other. */
const alphabet = '23456789bcdfghjkmnpqrstvwxz';
const base = BigInt(alphabet.length);
/** 57 bits: of 100,000 codes two are equal at one site in thirty million. */
const codeLength = 12;
const wholeCode = new RegExp(`^[${alphabet}]{${codeLength}}$`);
const longestTyped = 60;
/** Hyphens of every kind, and what is copied unseen from among right-to-left words. */
const marks = /[\s\u200e\u200f\u2010-\u2015\u2066-\u2069-]/g;

const grouped = (letters: string): DecisionCode => letters.replace(/(.{4})(?=.)/g, '$1-') as DecisionCode;
