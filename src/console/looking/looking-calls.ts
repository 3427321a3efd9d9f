/** The API’s calls for looking: a page as somebody gets it, and why. */
import { accessHeader } from '../../gate/access-header.ts';
import type { Decision } from '../../gate/decision.ts';
import { type Call, call, ok, problem } from '../api/call.ts';
import { isoMoments } from '../api/iso-moments.ts';
import { headerOf } from '../shell/send-seen-page.ts';
import type { Look, LookedAt, ReferenceTold, ViewTold } from './look.ts';
import { nothingInWords } from './look-faults.ts';
import { explainQuery, seeQuery } from './look-schema.ts';
import { explainAnswer, seeAnswer } from './looking-answers.ts';

const problems = [
  'address-foreign',
  'reader-unknown',
  'product-unknown',
  'draft-missing',
  'draft-faulty',
  'origin-unavailable',
] as const;

export const lookingCalls = (look: Look): readonly Call[] => [seeCall(look), explainCall(look)];

const seeCall = (look: Look): Call =>
  call({
    id: 'seeAsReader',
    method: 'get',
    path: '/see',
    action: 'read',
    group: 'Looking',
    summary: 'The page that a reader would get of an article, and its decision. Nothing is counted.',
    query: seeQuery,
    answer: seeAnswer,
    problems,
    run: async ({ query }) => {
      const looked = await look.see(query);
      if (looked.kind === 'faulty') return problem(looked.fault);
      if (looked.kind === 'seen') return ok(seenOf(looked));
      return looked.why === 'unavailable' ? problem('origin-unavailable') : ok({ kind: looked.why });
    },
  });

const seenOf = ({ seen }: LookedAt) => {
  const { decision } = seen.decided;
  const told = { header: accessHeader(decision), decision: isoMoments(decision) };
  if (seen.kind === 'no-page') return { kind: seen.kind, why: seen.why, ...told };
  const contentType = headerOf(seen.headers, 'content-type') ?? '';
  const html = /^text\/html\b/i.test(contentType) ? { html: seen.body.toString() } : {};
  return { kind: seen.kind, status: seen.status, contentType, ...told, ...html };
};

const explainCall = (look: Look): Call =>
  call({
    id: 'explain',
    method: 'get',
    path: '/explain',
    action: 'read',
    group: 'Looking',
    summary:
      'Why a reader gets the whole article or its preview, step by step: the lines of `gatefold explain`, and the facts behind them.',
    query: explainQuery,
    answer: explainAnswer,
    problems: [...problems, 'reference-unknown'],
    run: async ({ query }) => {
      const explained = await look.explain(query);
      if (explained.kind === 'faulty') return problem(explained.fault);
      if (explained.kind === 'reference') return ok(await ofReference(explained, look));
      if (explained.kind === 'told') return ok(await ofView(explained, look));
      return explained.why === 'unavailable'
        ? problem('origin-unavailable')
        : ok({ lines: [nothingInWords(explained)], facts: null });
    },
  });

const ofView = async ({ lines, facts }: ViewTold, look: Look) => ({
  lines,
  facts: isoMoments(facts),
  ...(await numbered(facts.decision, look)),
});

const ofReference = async ({ code, stands, by, now, lines }: ReferenceTold, look: Look) => ({
  lines,
  facts: now.kind === 'decided' ? isoMoments(now.facts) : null,
  ...(now.kind === 'decided' ? await numbered(now.facts.decision, look) : {}),
  reference: { code, ...stands, by },
});

const numbered = async (
  { policyVersion }: Pick<Decision, 'policyVersion'>,
  look: Look,
): Promise<{ readonly policyNumber?: number }> => {
  const named = await look.versionNamed(policyVersion);
  return named ? { policyNumber: named.number } : {};
};
