/** Calls about the versions that were in force, going back to one, and what is scheduled. */
import { z } from 'zod';
import { type Answered, type Call, call, ok, problem } from '../api/call.ts';
import type { DraftDesk } from '../draft/draft-desk.ts';
import { changesOf, orderOf, publishedOf, publishRefusals, versionOf } from '../draft/policy-answers.ts';
import {
  type ApiVersionChanges,
  orderFields,
  pageSchema,
  publishedSchema,
  versionChangesSchema,
  versionParams,
  versionWithTextSchema,
} from '../draft/policy-schema.ts';
import { changesInWords } from './compared-texts.ts';

export const versionCalls = (desk: DraftDesk): readonly Call[] => [...looks(desk), ...changes(desk)];

const looks = (desk: DraftDesk): readonly Call[] => [
  call({
    id: 'listVersions',
    method: 'get',
    path: '/policy/versions',
    action: 'read',
    group: 'Policy',
    summary: 'All versions that are kept, the newest first, without their texts.',
    query: z.strictObject({
      before: z.coerce.number().int().min(1).exactOptional().describe('Only those with lower numbers.'),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: pageSchema,
    run: async ({ query }) => {
      const { versions, next } = await desk.list(query);
      return ok({ versions: versions.map(versionOf), ...(next !== undefined && { next }) });
    },
  }),
  call({
    id: 'readVersion',
    method: 'get',
    path: '/policy/versions/:number',
    action: 'read',
    group: 'Policy',
    summary: 'One version, with its text to the last character.',
    params: versionParams,
    answer: versionWithTextSchema,
    problems: ['version-unknown'],
    run: async ({ params }) => {
      const found = await desk.version(params.number);
      return found ? ok({ ...versionOf(found), text: found.text }) : problem('version-unknown');
    },
  }),
  call({
    id: 'readVersionChanges',
    method: 'get',
    path: '/policy/versions/:number/changes',
    action: 'read',
    group: 'Policy',
    summary: 'What a version changed, in words: of the one before it, or of another.',
    params: versionParams,
    query: z.strictObject({
      against: versionParams.shape.number
        .exactOptional()
        .describe('The number of the version to compare with; left out: the one before.'),
    }),
    answer: versionChangesSchema,
    problems: ['version-unknown'],
    run: ({ params, query }) => compared(desk, params.number, query.against),
  }),
];

const changes = (desk: DraftDesk): readonly Call[] => [
  call({
    id: 'rollBack',
    method: 'post',
    path: '/policy/versions/:number/rollback',
    action: 'rollback',
    group: 'Policy',
    summary: 'Puts an earlier version’s text in force again, at once or at a time. The draft stays.',
    params: versionParams,
    body: z.strictObject({
      instead: z.number().int().min(0).describe('The version in force, as it was seen.'),
      ...orderFields,
    }),
    answer: publishedSchema,
    problems: ['version-unknown', ...publishRefusals],
    run: async ({ params, body: { instead, ...order }, operator }) =>
      publishedOf(await desk.rollBack({ to: params.number, instead, ...orderOf(order) }, operator)),
  }),
  call({
    id: 'cancelScheduled',
    method: 'delete',
    path: '/policy/scheduled/:id',
    action: 'publish',
    group: 'Policy',
    summary: 'Takes back what is scheduled. Its text becomes the draft where there is none.',
    params: z.strictObject({ id: z.string().max(100) }),
    answer: z.strictObject({ kind: z.literal('cancelled'), draft: z.enum(['restored', 'kept']) }),
    problems: ['scheduled-unknown'],
    run: async ({ params, operator }) => {
      const cancelled = await desk.cancelScheduled(params.id, operator);
      return cancelled.kind === 'cancelled'
        ? ok({ kind: cancelled.kind, draft: cancelled.draft })
        : problem('scheduled-unknown');
    },
  }),
];

/** Nothing was in force before the first: it changed nothing. */
const compared = async (
  desk: DraftDesk,
  number: number,
  against = number - 1,
): Promise<Answered<ApiVersionChanges>> => {
  const is = await desk.version(number);
  if (!is) return problem('version-unknown');
  if (against === 0) return ok({ number, against, changes: [] });
  const was = await desk.version(against);
  if (!was) return problem('version-unknown');
  const { changes } = await changesInWords(desk.check, was.text, is.text);
  return ok({ number, against, changes: changesOf(changes) });
};
