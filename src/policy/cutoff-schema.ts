/** How the policy file says where a preview ends. */
import { z } from 'zod';
import type { TextFault } from './judge-text.ts';
import { judged, shortText } from './words-schema.ts';

const count = (most: number, description: string) =>
  z.number().int().min(0).max(most).optional().describe(description);

const measures = {
  characters: count(1_000_000, 'This many characters.'),
  words: count(200_000, 'This many words.'),
  paragraphs: count(10_000, 'This many paragraphs.'),
  percent: z.number().min(0).max(100).optional().describe('This share of the article, 0 to 100.'),
};

const ending = z
  .enum(['exact', 'word', 'sentence'])
  .optional()
  .describe(
    'exact: to the character. word, sentence: back to the end of the last whole one. Default: exact.',
  );

/** As a number, or as people write a share. */
const atMost = z
  .union([
    z.number().min(0).max(100),
    z
      .string()
      .regex(/^(?:100|\d{1,2}(?:\.\d{1,2})?)\s?%$/, 'a share, such as 50 or 50%')
      .transform((share) => Number.parseFloat(share)),
  ])
  .optional()
  .describe(
    'Never more than this share of the article, in percent, however short it is. Default: 50; of a cutoff in percent, 100.',
  );

const countedCutoffSchema = judged(
  z.strictObject({ ...measures, ending, atMost }),
  'cutoff-measure',
  (cutoff) => oneMeasureFault(measuresIn(cutoff)),
);

export const cutoffSchema = judged(
  z.strictObject({
    ...measures,
    ending,
    atMost,
    marker: shortText(200)
      .optional()
      .describe('The article’s own mark: the text of a comment (more, for <!--more-->) or a CSS selector.'),
    otherwise: countedCutoffSchema.optional().describe('Where an article without the marker is cut.'),
  }),
  'cutoff-measure',
  (cutoff) => {
    const named = measuresIn(cutoff);
    if (cutoff.marker === undefined)
      return otherwiseFault(cutoff.otherwise !== undefined) ?? oneMeasureFault(named);
    const [first] = named;
    if (first === undefined) return cutoff.atMost === undefined ? undefined : shareOfMarkerFault;
    return {
      message: `a marker and ${first} can't both end the preview`,
      instead: `marker: …, and under it otherwise: { ${first}: … } for articles without the marker`,
    };
  },
);

export type CutoffText = z.output<typeof cutoffSchema>;
export type CountedCutoffText = z.output<typeof countedCutoffSchema>;

type Measure = keyof typeof measures;

const measuresIn = (cutoff: Partial<Record<Measure, number | undefined>>): readonly Measure[] =>
  (['characters', 'words', 'paragraphs', 'percent'] as const).filter(
    (measure) => cutoff[measure] !== undefined,
  );

const oneMeasureFault = (named: readonly Measure[]): TextFault | undefined => {
  if (named.length === 1) return undefined;
  if (named.length === 0) {
    return {
      message: 'this cutoff doesn’t say how much is shown',
      instead: '{ characters: 2000 }, or words, paragraphs, percent or marker',
    };
  }
  return {
    message: `a cutoff has one measure, and this one has ${named.join(' and ')}`,
    instead: `only one of ${named.join(', ')}`,
  };
};

const shareOfMarkerFault: TextFault = {
  message: 'where an article has its own marker the preview ends there, whatever share of it that is',
  instead: 'marker: …, and under it otherwise: { atMost: … } for articles without the marker',
};

const otherwiseFault = (given: boolean): TextFault | undefined =>
  given
    ? {
        message: 'otherwise says where an article without its marker is cut, and there is no marker',
        instead: 'marker: more beside it, or the measure without otherwise',
      }
    : undefined;
