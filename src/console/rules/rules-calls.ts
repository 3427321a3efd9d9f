/** The calls that tell of rules; what changes them is an edit of the draft. */
import { z } from 'zod';
import { type Call, call, ok, problem } from '../api/call.ts';
import { matched, matchedRule, rule, terms } from './rules-answers.ts';
import type { ListedRule } from './rules-list.ts';
import { capital, otherArticles } from './rules-row.tsx';
import type { RulesOptions } from './show-rules.ts';
import type { Tried } from './try-address.ts';

type Options = Pick<RulesOptions, 'desk' | 'look' | 'tryAddress' | 'siteClock'>;

export const rulesCalls = (options: Options): readonly Call[] => [
  listCall(options),
  countCall(options),
  matchCall(options),
];

const listCall = ({ desk, look }: Options): Call =>
  call({
    id: 'listRules',
    method: 'get',
    path: '/rules',
    action: 'read',
    group: 'Policy',
    summary:
      'The rules in order, the first that holds applies: in words, with what each matched in the last 7 days.',
    query: z.object({
      of: z
        .enum(['draft', 'published'])
        .default('draft')
        .describe('`draft`: what is in force where there is none.'),
    }),
    answer: z.strictObject({
      revision: z.number().int().describe('Of the draft: send it with an edit.'),
      rules: z.array(rule),
      otherwise: z
        .strictObject({ terms, sentence: z.string(), matched7Days: matched })
        .describe('Applies where no rule holds.'),
    }),
    problems: ['draft-faulty'],
    run: async ({ query: { of } }) => {
      const view = await desk.view();
      const which = of === 'draft' ? 'working' : 'published';
      const [list, policy] = [await look.list(view, which), view[which].policy];
      if (list === undefined || policy === undefined) return problem('draft-faulty');
      return ok({
        revision: view.working.revision,
        rules: list.rules.map(ruleTold),
        otherwise: {
          terms: termsTold(policy.otherwise),
          sentence: sentenceOf({ ...list.otherwise, when: otherArticles }),
          matched7Days: list.otherwise.matched,
        },
      });
    },
  });

const ruleTold = (row: ListedRule): z.input<typeof rule> => ({
  name: row.rule.id,
  when: row.rule.when,
  terms: termsTold(row.rule),
  sentence: sentenceOf(row),
  shadowedBy: row.shadowedBy ?? null,
  matched7Days: row.matched ?? null,
});

const termsTold = ({
  access,
  ownLevelFirst = false,
  meter,
  products,
  cutoff,
}: ListedRule['rule'] | TermsOf) => ({
  access,
  ownLevelFirst,
  meter: meter ?? null,
  products,
  cutoff,
});

type TermsOf = Omit<ListedRule['rule'], 'id' | 'when'>;

const sentenceOf = ({ when: holds, gives, cutoff }: Pick<ListedRule, 'when' | 'gives' | 'cutoff'>): string =>
  `${capital(holds)}. ${capital(gives)}.${cutoff === undefined ? '' : ` Previews end ${cutoff}.`}`;

const countCall = ({ desk, look }: Options): Call =>
  call({
    id: 'countRuleMatches',
    method: 'get',
    path: '/rules/would-match',
    action: 'read',
    group: 'Policy',
    summary:
      'How many of the last 7 days’ views in the decision log, the newest 20,000 at most, each rule of the draft would match.',
    answer: z.strictObject({
      views: z.number().describe('That were looked at; a sampled log’s views stand for others.'),
      all: z.boolean().describe('False: there were more, and the oldest were left out.'),
      rules: z.array(
        z.strictObject({ name: z.string().describe('`otherwise` is the last.'), views: z.number() }),
      ),
    }),
    problems: ['draft-faulty'],
    run: async () => {
      const would = await look.wouldMatch(await desk.view());
      if (would === undefined) return problem('draft-faulty');
      const { views, all, counts } = would;
      return ok({ views, all, rules: [...counts].map(([name, count]) => ({ name, views: count })) });
    },
  });

const matchCall = ({ desk, tryAddress, siteClock }: Options): Call =>
  call({
    id: 'matchRule',
    method: 'get',
    path: '/rules/match',
    action: 'read',
    group: 'Policy',
    summary: 'Which rule the article at an address falls under, and why under none of those above it.',
    query: z.object({
      address: z.string().min(1).max(2000).describe('A path, or a whole address of this site.'),
    }),
    answer: z.strictObject({
      address: z.string(),
      kind: z
        .enum(['article', 'not-an-article', 'feed'])
        .describe('What stands there by the policy in force.'),
      published: matchedRule.describe('Null: no article, so no rule is asked.'),
      draft: matchedRule.optional().describe('Absent: there is no draft, or it has faults.'),
    }),
    problems: ['address-foreign', 'origin-unavailable'],
    run: async ({ query: { address } }) => {
      const { working, published } = await desk.view();
      const now = siteClock();
      const draftRules = working.draft && working.rules;
      const found = published.rules && (await tryAddress(address, published.rules, now));
      if (found === undefined) return problem('address-foreign');
      if (found.kind === 'unavailable') return problem('origin-unavailable');
      const inDraft = draftRules && (await tryAddress(address, draftRules, now));
      return ok({
        address,
        kind: found.kind,
        published: matchTold(found),
        ...(inDraft ? { draft: matchTold(inDraft) } : {}),
      });
    },
  });

const matchTold = (tried: Tried): z.input<typeof matchedRule> => {
  if (tried.kind !== 'article') return null;
  const above = tried.steps.flatMap((step) =>
    step.matched ? [] : [{ rule: step.rule, whyNot: step.whyNot }],
  );
  return { rule: tried.steps.at(-1)?.rule ?? 'otherwise', above };
};
