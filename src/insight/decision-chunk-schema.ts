/** What a chunk of the decision log holds once it is unpacked, and what is believed of one that is read back. */
import { z } from 'zod';
import type { Reason } from '../gate/decision.ts';

const text = z.string();
const place = z.int().nonnegative();
const orNothing = <Value extends z.ZodType>(value: Value) => z.union([value, z.literal(0)]);
const level = z.enum(['open', 'registered', 'metered', 'locked']);
const source = z.enum(['subscription', 'pass', 'comp', 'group', 'institution', 'gift']);
/** As a record, so that a reason which is new to the gate can't be forgotten here and lost on reading. */
const reasons = {
  staff: true,
  open: true,
  subscription: true,
  pass: true,
  comp: true,
  group: true,
  institution: true,
  gift: true,
  registered: true,
  'free-read': true,
  'already-read': true,
  degraded: true,
  'registration-required': true,
  'meter-exhausted': true,
  'network-exhausted': true,
  'meter-off': true,
  locked: true,
  prefetch: true,
  uncuttable: true,
} satisfies Record<Reason, true>;
const reason = z.enum(Object.keys(reasons) as Reason[]);

/** id, path (0: the id's own), publication, section, tags, authors, language, own level, published at; 0: not stated. */
const article = z.tuple([
  text,
  orNothing(text),
  text,
  orNothing(text),
  z.array(text),
  z.array(text),
  text,
  orNothing(level),
  z.union([z.number(), z.null()]),
]);

/** product, source, ends on this UTC day, payment due */
const held = z.tuple([text, source, z.int(), z.union([z.literal(0), z.literal(1)])]);

/** audience, purpose, flags, rule, outcome, reason, policy version, weight */
const situation = z.tuple([
  z.enum(['visitor', 'registered', 'subscriber']),
  z.enum(['read', 'head', 'prefetch']),
  place,
  text,
  z.enum(['full', 'preview']),
  reason,
  text,
  z.int().positive(),
]);

/** meter, left, of, resets at */
const standing = z.tuple([text, z.int(), z.int(), z.number()]);

const places = z.array(place);

/** Each thing once, and for each view its place in the list: 0 stands for none in those that end in `?`. */
const chunk = z.object({
  form: z.literal(1),
  articles: z.array(article),
  readers: z.array(text),
  situations: z.array(situation),
  holdings: z.array(z.array(held)),
  'standings?': z.array(standing),
  'networks?': z.array(text),
  views: z.object({
    /** Milliseconds since the view before; the first one since 1970. */
    after: places,
    article: places,
    reader: places,
    situation: places,
    holding: places,
    standing: places,
    network: places,
  }),
});

export type PackedChunk = z.infer<typeof chunk>;
export type PackedArticle = z.infer<typeof article>;
export type PackedSituation = z.infer<typeof situation>;
export type PackedHolding = z.infer<typeof held>;
export type PackedStanding = z.infer<typeof standing>;

/** Undefined when it is no chunk that this Gatefold writes. */
export const readPackedChunk = (value: unknown): PackedChunk | undefined => chunk.safeParse(value).data;
