/** The calls that tell of metered limits; what changes them is an edit of the draft. */
import { z } from 'zod';
import type { Meter } from '../../policy/policy.ts';
import { type Call, call, ok } from '../api/call.ts';
import { type LimitsOptions, type MeterView, viewLimits } from './limits-view.ts';

export const limitsCalls = (options: LimitsOptions): readonly Call[] => [
  call({
    id: 'listLimits',
    method: 'get',
    path: '/limits',
    action: 'read',
    group: 'Policy',
    summary:
      'Metered limits of the draft beside those in force: the dates they mean now, the rules that use them, and how many readers have how many free reads left.',
    answer: z.strictObject({
      revision: z.number().int().describe('Of the draft: send it with an edit.'),
      of: z
        .enum(['draft', 'inForce'])
        .describe('What `meters` are of; `inForce` without a draft, and where the draft has faults.'),
      meters: z.array(
        z.strictObject({
          ...fields,
          inForce: z.strictObject(fields).optional().describe('Absent: the draft brings it.'),
          windowNow: z.string().describe('The window and the dates that it means now.'),
          usedBy: z.strictObject({
            rules: z.array(z.string()),
            otherwise: z.boolean().describe('What applies where no rule holds uses it too.'),
          }),
          readers: z
            .array(distributionLine)
            .describe('Of readers who were charged at least one in this window, by the meter in force.'),
        }),
      ),
      gone: z.array(z.strictObject(fields)).describe('In force, and no longer in the draft.'),
    }),
    run: async () => {
      const { desk, of, meters, gone } = await viewLimits(options);
      const answer = {
        revision: desk.working.revision,
        of,
        meters: meters.map(told),
        gone: gone.map(meterTold),
      };
      return ok(answer);
    },
  }),
];

const fields = {
  id: z.string(),
  visitor: z.number().int(),
  registered: z.number().int(),
  window: z.string().describe('day, week, month, or such as "30 days".'),
  networkAllowance: z
    .number()
    .int()
    .optional()
    .describe('New visitors per network and window; absent: no limit.'),
  on: z.boolean(),
};

const distributionLine = z.strictObject({
  audience: z.enum(['visitor', 'registered']),
  of: z.number().int().describe('The allowance when they read.'),
  left: z.number().int(),
  readers: z.number().int(),
});

const told = ({ meter, inForce, windowNow, usedBy, readers }: MeterView) => ({
  ...meterTold(meter),
  ...(inForce ? { inForce: meterTold(inForce) } : {}),
  windowNow,
  usedBy: { rules: [...usedBy.rules], otherwise: usedBy.otherwise },
  readers: [...readers],
});

const meterTold = ({ id, allowance, window, networkAllowance, on }: Meter) => ({
  id: id as string,
  ...allowance,
  window: window.kind === 'rolling' ? daysTold(window.days) : window.kind,
  ...(networkAllowance === undefined ? {} : { networkAllowance }),
  on,
});

/** As the policy's text has it. */
const daysTold = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
