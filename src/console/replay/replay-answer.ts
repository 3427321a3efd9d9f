/** What the call for a replay answers: how far it is, or what it came to. */
import { z } from 'zod';
import { moment } from '../api/moment.ts';

const count = z.int().nonnegative();
const side = z.union([z.enum(['draft', 'published']), z.int()]).describe('A number: that version');
const stopped = z.strictObject({
  views: count,
  readers: count.describe('Those who were stopped once or more'),
});
const effect = { views: count, readers: count, stoppedBefore: stopped, stoppedAfter: stopped };
const changed = { views: count, stoppedBefore: count, stoppedAfter: count };
const ofRule = z.strictObject({ views: count, stopped });
const audience = z.enum(['visitor', 'registered', 'subscriber']);

const asked = {
  policy: side.describe('After: what readers would meet'),
  against: side.describe('Before: what that is compared with'),
};

export const replayAnswer = z.discriminatedUnion('state', [
  z.strictObject({ ...asked, state: z.literal('running'), done: count, total: count.describe('Views') }),
  z.strictObject({
    ...asked,
    state: z.literal('done'),
    startedAt: moment.describe('What came into the log afterwards isn’t in it'),
    from: moment.optional().describe('The oldest view that was replayed; absent: there was none'),
    until: moment.optional(),
    logged: count.describe('Views that were replayed'),
    leftOut: count.describe('Views in the log that no person made'),
    unreadable: count.describe('Pieces of the log that couldn’t be read'),
    estimated: z.boolean().describe('Some readers stand for others'),
    total: z.strictObject(effect),
    newlyStopped: stopped,
    newlyLetIn: stopped,
    byRule: z.array(
      z.strictObject({
        rule: z.string().describe('`otherwise`: where no rule holds'),
        before: ofRule,
        after: ofRule,
      }),
    ),
    bySection: z.array(z.strictObject({ section: z.string(), ...effect })),
    byAudience: z.array(z.strictObject({ audience, ...effect })),
    byReason: z.array(z.strictObject({ reason: z.string(), before: count, after: count })),
    articles: z.array(z.strictObject({ article: z.string(), ...changed })).describe('Those that change most'),
    readers: z
      .array(z.strictObject({ audience, ...changed }))
      .describe('Those who change most, without names'),
  }),
]);
