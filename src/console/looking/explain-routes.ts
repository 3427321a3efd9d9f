/** `/-/console/explain`: why somebody gets the whole article or its preview, step by step. */
import type { Router } from 'express';
import type { ExplainFacts } from '../../insight/explain-facts.ts';
import type { ConsoleShared } from '../area.ts';
import { type ExplainPageFacts, type ExplainResult, renderExplainPage } from './explain-page.tsx';
import type { Traced } from './explain-trace.tsx';
import { type Look, productsOn } from './look.ts';
import { lookFault, nothingInWords } from './look-faults.ts';
import { type LookPageOptions, readerInWords } from './look-form-facts.ts';
import { type LookAnswer, type Looking, lookPageRoutes } from './look-page-routes.ts';
import { type ExplainAsked, explainQuery, lookForm } from './look-schema.ts';

export interface ExplainRoutesOptions extends ConsoleShared, LookPageOptions {
  readonly look: Look;
}

export const explainRoutes = (options: ExplainRoutesOptions): Router =>
  lookPageRoutes({
    place: 'explain',
    options,
    form: lookForm,
    query: explainQuery,
    render: renderExplainPage,
    answer: (looking) => explain(options.look, looking),
  });

type Explained = LookAnswer<Pick<ExplainPageFacts, 'result'>>;

const explain = async (
  look: Look,
  { typed, desk, asked }: Looking<ExplainAsked>,
): Promise<{ readonly status: number; readonly answer: Explained }> => {
  const explained = await look.explain(asked);
  if (explained.kind === 'faulty') {
    const { status, sentence: _, ...answer } = lookFault(explained.fault);
    return { status, answer };
  }
  const reader = readerInWords(typed, productsOn(desk));
  const result = await resultOf(explained, look);
  const isDraft = asked.policy === 'draft' && asked.code === undefined;
  return { status: 200, answer: { result: { reader, isDraft, ...result } } };
};

const resultOf = async (
  explained: Exclude<Awaited<ReturnType<Look['explain']>>, { kind: 'faulty' }>,
  look: Look,
): Promise<Omit<ExplainResult, 'reader' | 'isDraft'>> => {
  switch (explained.kind) {
    case 'nothing':
      return { trace: nothingInWords(explained), lines: [] };
    case 'told': {
      const { facts, lines } = explained;
      return { trace: await tracedOf(facts, look), lines };
    }
    case 'reference': {
      const { lines, now } = explained;
      const prompt = await look.versionNamed(explained.stands.policyVersion);
      const trace =
        now.kind === 'decided' ? await tracedOf(now.facts, look) : 'Nothing is decided at that address now.';
      return { trace, lines, reference: { told: explained, ...(prompt ? { number: prompt.number } : {}) } };
    }
    default:
      return explained satisfies never;
  }
};

const tracedOf = async (facts: ExplainFacts, look: Look): Promise<Traced> => {
  const named = await look.versionNamed(facts.decision.policyVersion);
  return { facts, ...(named ? { number: named.number } : {}) };
};
