/** How the policy file names what is published and sold: the site, its publications, products, plans and meters. */
import { z } from 'zod';
import { whenSchema } from './rule-schema.ts';
import {
  anyNumberOf,
  contactWord,
  idWord,
  judged,
  languageWord,
  oneOrMany,
  pathGlob,
  shortText,
  timeZoneWord,
} from './words-schema.ts';

export const siteSchema = z.strictObject({
  name: shortText(200).default('Gatefold').describe('As readers see it.'),
  language: languageWord
    .default('en')
    .describe('BCP 47, such as en or pt-BR; for articles that don’t state theirs.'),
  timeZone: timeZoneWord
    .default('UTC')
    .describe('IANA name, such as Europe/London: days, weeks and months begin at its midnights.'),
  contact: contactWord.optional().describe('Where readers can write to: an e-mail or https address.'),
});

export const publicationSchema = z.strictObject({
  id: idWord,
  name: shortText(200),
  paths: anyNumberOf(pathGlob).default([]).describe('Articles under these belong to the publication.'),
  tagline: shortText(300).optional(),
});

export const productSchema = z.strictObject({
  id: idWord,
  name: shortText(200),
  description: shortText(1000).optional(),
});

export const planSchema = z.strictObject({
  id: idWord,
  name: shortText(200),
  description: shortText(1000).optional(),
  products: oneOrMany(idWord).describe('What a subscriber to this plan may read.'),
  price: shortText(200).optional().describe('Stripe’s price id, once billing is set up.'),
  interval: z.enum(['day', 'week', 'month', 'year']).optional(),
  trialDays: z
    .number()
    .int()
    .min(1)
    .max(730)
    .optional()
    .describe('Days before the first payment, for readers who never had a subscription.'),
  promotionCodes: z.boolean().default(false).describe('Checkout takes promotion codes.'),
  passDays: z
    .number()
    .int()
    .min(1)
    .max(3660)
    .optional()
    .describe('Makes it a pass: paid once, good for this many days.'),
  offeredAt: whenSchema
    .optional()
    .describe('Offered at these articles; without it, wherever one of its products opens the article.'),
});

export const billingSchema = z.strictObject({
  graceDays: z
    .number()
    .min(0)
    .max(90)
    .default(7)
    .describe('Access goes on this many days after a payment failed.'),
  refunded: z
    .enum(['stop', 'keep'])
    .default('stop')
    .describe('Access when the latest payment was given back in full.'),
  disputed: z.enum(['stop', 'keep']).default('stop').describe('Access while the latest payment is disputed.'),
  reconcileMinutes: z
    .number()
    .int()
    .min(5)
    .max(10_080)
    .default(60)
    .describe('How often everything is compared with Stripe.'),
});

export const devicesSchema = z.strictObject({
  allowed: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('How many devices a reader can be signed in on; the oldest gives way.'),
});

const windowPattern = /^(?:day|week|month|([1-9]\d{0,2}) days?)$/;

export const meterSchema = z.strictObject({
  window: judged(z.string(), 'invalid-window', (window) => {
    const rolling = windowPattern.exec(window)?.[1];
    if (windowPattern.test(window) && (rolling === undefined || Number(rolling) <= 366)) return undefined;
    const days = /\d+/.exec(window)?.[0];
    return {
      message: `${JSON.stringify(window.slice(0, 40))} isn't a window: day, week, month, or 1 to 366 days`,
      instead:
        days && Number(days) >= 1 && Number(days) <= 366 ? `"${Number(days)} days"` : 'month, or "30 days"',
    };
  })
    .default('month')
    .describe(
      'day, week or month of the calendar; "30 days": each read comes back 30 days after it was made.',
    )
    .meta({ pattern: windowPattern.source }),
  visitor: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(3)
    .describe('Free reads for a reader without an account.'),
  registered: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(5)
    .describe('Free reads for a reader with an account.'),
  networkAllowance: z
    .number()
    .int()
    .min(1)
    .max(10_000_000)
    .optional()
    .describe('At most this many new visitors per network and window get free reads.'),
  on: z.boolean().default(true).describe('false: nobody gets a free read from this meter.'),
});

export type MeterText = z.output<typeof meterSchema>;
