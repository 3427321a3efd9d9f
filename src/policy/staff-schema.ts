/** How the policy file says by which answer of the origin's the publisher's own people are known. */
import { z } from 'zod';
import { staffProbeFault } from './staff-probes.ts';
import { anyNumberOf, judged, nameGlob, oneOrMany } from './words-schema.ts';

const probeWord = judged(z.string().min(1).max(500), 'invalid-probe', staffProbeFault).meta({
  examples: ['wordpress', 'ghost', '/wp-admin/edit.php'],
});

export const staffSchema = z.strictObject({
  probe: anyNumberOf(probeWord)
    .default(['wordpress', 'ghost'])
    .describe(
      'An address of the site that it answers with success to its own people and to nobody else; or wordpress, ghost. []: nobody is staff.',
    ),
  cookies: oneOrMany(nameGlob)
    .optional()
    .describe(
      'Names of the cookies by which the site knows its people. Default: WordPress’s and Ghost’s own.',
    ),
});
