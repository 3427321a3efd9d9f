/** The calls that tell of cutoffs, and try one on an article; what changes them is an edit of the draft. */
import { z } from 'zod';
import type { Cutoff } from '../../policy/policy.ts';
import { cutoffInWords } from '../../policy/words/cutoff-in-words.ts';
import { type Call, call, ok, problem } from '../api/call.ts';
import { faultyOf } from '../draft/policy-answers.ts';
import { cutInWords } from './cut-in-words.ts';
import type { Cutoffs } from './cutoffs-view.ts';
import type { CutSeen } from './look-at-cut.ts';
import { measures } from './typed-cutoff.ts';

export const cutoffsCalls = (cutoffs: Cutoffs): readonly Call[] => [
  listCutoffs(cutoffs),
  previewCutoff(cutoffs),
];

const listCutoffs = ({ view }: Cutoffs): Call =>
  call({
    id: 'listCutoffs',
    method: 'get',
    path: '/cutoffs',
    action: 'read',
    group: 'Policy',
    summary: 'Where previews end: the general cutoff, and those of the rules that have one of their own.',
    answer: z.strictObject({
      revision: z.number().int().describe('Of the draft: send it with an edit.'),
      of: z.enum(['draft', 'inForce']).describe('`inForce` without a draft, and where the draft has faults.'),
      general: z.strictObject(toldFields),
      own: z.array(
        z.strictObject({ rule: z.string().describe('`otherwise`: all other articles.'), ...toldFields }),
      ),
    }),
    run: async () => {
      const { desk, of, cutoffs } = await view();
      const own = [...cutoffs.own].map(([rule, cutoff]) => ({ rule, ...told(cutoff) }));
      return ok({ revision: desk.working.revision, of, general: told(cutoffs.general), own });
    },
  });

const counted = {
  by: z.enum(measures),
  count: z.number(),
  ending: z.enum(['exact', 'word', 'sentence']),
  atMost: z.number().describe('Percent of the article, however short it is.'),
};

const toldFields = {
  ...counted,
  marker: z
    .string()
    .optional()
    .describe('An article that has it ends there, every other one after the count.'),
  words: z.string().describe('Such as: after 2,000 characters, at the end of a sentence.'),
};

const told = (cutoff: Cutoff) => {
  const { by, count, ending, atMost = 100 } = cutoff.by === 'marker' ? cutoff.fallback : cutoff;
  const words = cutoffInWords(cutoff);
  return { by, count, ending, atMost, ...(cutoff.by === 'marker' ? { marker: cutoff.marker } : {}), words };
};

const amount = z.number().exactOptional();
const countedFields = {
  characters: amount,
  words: amount,
  paragraphs: amount,
  percent: amount,
  ending: z.string().exactOptional(),
  atMost: amount,
};

/** What its values may be is said by the policy's own check, at their fields. */
const cutoffFields = z.strictObject({
  ...countedFields,
  marker: z.string().exactOptional(),
  otherwise: z.strictObject(countedFields).exactOptional(),
});

const previewCutoff = ({ look }: Cutoffs): Call =>
  call({
    id: 'previewCutoff',
    method: 'post',
    path: '/cutoffs/preview',
    action: 'read',
    group: 'Looking',
    summary:
      'Where an article would end for a visitor without free reads left, if the draft had this cutoff; nothing is saved or counted.',
    body: z.object({
      address: z.string().max(2000).describe('A path, or an address of this site.'),
      rule: z
        .string()
        .max(200)
        .optional()
        .describe('Whose cutoff it is; `otherwise`: of all other articles; absent: the general one.'),
      cutoff: cutoffFields.optional().describe('Absent: as the draft has it.'),
    }),
    answer: z.strictObject({
      kind: z
        .enum(['cut', 'open', 'uncuttable', 'nothing'])
        .describe(
          '`open`: everybody reads it whole. `uncuttable`: nothing of it can be shown. `nothing`: no article.',
        ),
      says: z.string().describe('The same, in words.'),
      article: z.strictObject({ id: z.string(), title: z.string() }).optional(),
      rule: z.string().optional().describe('Which applies to the article.'),
      cutoffOf: z
        .string()
        .optional()
        .describe('The rule whose cutoff it is cut at; absent: the general one.'),
      characters: z.number().int().optional().describe('Of the whole article, like `words`.'),
      words: z.number().int().optional(),
      shownCharacters: z.number().int().optional(),
      shownWords: z.number().int().optional(),
      lastWords: z.string().optional().describe('Of the preview.'),
    }),
    problems: ['policy-faulty', 'edit-refused'],
    run: async ({ body: { address, rule, cutoff } }) => {
      const cut = await look({ address, place: rule, ...(cutoff ? { cutoff } : {}) });
      const says = cutInWords(cut, rule);
      switch (cut.kind) {
        case 'cut':
        case 'open':
        case 'uncuttable':
        case 'nothing':
          return ok({ kind: cut.kind, says, ...found(cut) });
        case 'faulty':
          return faultyOf(cut.faults);
        case 'draft-faulty':
          return problem('policy-faulty', { faults: [], moreFaults: 0, says });
        case 'address-invalid':
          return problem('request-invalid', { faults: [{ in: 'body', at: 'address', message: says }] });
        case 'place-unknown':
          return problem('edit-refused', { refusal: { kind: 'unknown', what: 'rule', id: rule ?? '' } });
        default:
          return cut satisfies never;
      }
    },
  });

const found = (cut: Extract<CutSeen, { kind: 'cut' | 'open' | 'uncuttable' | 'nothing' }>) => {
  if (cut.kind === 'nothing') return {};
  const { article, rule, governing } = cut;
  const where = { article, rule, ...(governing === undefined ? {} : { cutoffOf: governing }) };
  if (cut.kind !== 'cut') return where;
  const { shown, of, lastWords } = cut.measured;
  const shownAmounts = { shownCharacters: shown.characters, shownWords: shown.words, lastWords };
  return { ...where, ...of, ...shownAmounts };
};
