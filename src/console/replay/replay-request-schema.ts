/** What may be asked of a replay, by the page's address and by the management API alike. */
import { z } from 'zod';

const side = z.union([
  z.literal('draft'),
  z.literal('published'),
  z.coerce.number('Say draft, published or a version’s number.').int().positive(),
]);

/** `policy` would be met, `against` is what it is compared with. */
export const replayRequest = z.object({
  policy: side.optional(),
  against: side.optional(),
  /** Milliseconds since 1970: a report that was begun earlier won’t do. */
  since: z.coerce.number().int().nonnegative().optional(),
});

export type ReplayRequest = z.output<typeof replayRequest>;
