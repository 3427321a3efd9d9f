/** How the policy file writes its rules: what they hold for, and what then applies. */
import { z } from 'zod';
import { cutoffSchema } from './cutoff-schema.ts';
import { idWord, judged, languageWord, oneOrMany, pathGlob, shortText } from './words-schema.ts';

const levels = ['open', 'registered', 'metered', 'locked'] as const;

const accessWord = z
  .enum([...levels, 'own-or-open', 'own-or-registered', 'own-or-metered', 'own-or-locked'])
  .describe(
    'open: everyone. registered: readers with an account. metered: free reads, then subscribers. locked: subscribers. own-or-…: the article’s own level, or this where it states none.',
  );

const levelWord = z.enum(levels);
const days = z.number().min(0).max(36_500);

export const whenSchema = z.strictObject({
  publication: oneOrMany(idWord).optional().describe('Ids of publications.'),
  section: oneOrMany(shortText(200)).optional(),
  tag: oneOrMany(shortText(200))
    .optional()
    .describe('At least one of these; small and capital letters are alike.'),
  author: oneOrMany(shortText(200)).optional(),
  path: oneOrMany(pathGlob).optional(),
  language: oneOrMany(languageWord).optional().describe('en also holds for en-GB.'),
  level: oneOrMany(levelWord).optional().describe('What the article says of itself.'),
  olderThanDays: days.optional().describe('Published at least this many days ago.'),
  newerThanDays: days.optional().describe('Published less than this many days ago.'),
});

const terms = {
  meter: idWord.optional().describe('Which meter counts. Needed only where there are several.'),
  products: oneOrMany(idWord)
    .optional()
    .describe('Any of these opens the articles. Needed only where there are several.'),
  cutoff: cutoffSchema.optional().describe('Where the preview ends, if not at the policy’s own cutoff.'),
};

export const ruleSchema = z.strictObject({
  name: judged(idWord, 'invalid-id', (name) =>
    name === 'otherwise'
      ? { message: 'otherwise is the name of what applies when no rule matches', instead: 'another name' }
      : undefined,
  ),
  when: whenSchema
    .optional()
    .describe(
      'All that are given must hold; of a list, any one. Without it the rule holds for every article.',
    ),
  access: accessWord,
  ...terms,
});

export const otherwiseSchema = z.strictObject({ access: accessWord.default('own-or-metered'), ...terms });

export type RuleText = z.output<typeof ruleSchema>;
export type WhenText = z.output<typeof whenSchema>;
export type OtherwiseText = z.output<typeof otherwiseSchema>;
