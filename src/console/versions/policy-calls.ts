/** Every call about the policy: what is in force, the draft, versions, and what is scheduled. */

import { type Answered, type Call, call, ok } from '../api/call.ts';
import type { DraftDesk } from '../draft/draft-desk.ts';
import { changesOf, checkedOf, deskOf, faultyOf, warningsOf } from '../draft/policy-answers.ts';
import {
  type ApiCompared,
  checkedSchema,
  comparedSchema,
  deskSchema,
  textBody,
} from '../draft/policy-schema.ts';
import { changesInWords } from './compared-texts.ts';
import { draftCalls } from './draft-calls.ts';
import { versionCalls } from './version-calls.ts';

export const policyCalls = (desk: DraftDesk): readonly Call[] => [
  ...looks(desk),
  ...draftCalls(desk),
  ...versionCalls(desk),
];

const looks = (desk: DraftDesk): readonly Call[] => [
  call({
    id: 'readPolicy',
    method: 'get',
    path: '/policy',
    action: 'read',
    group: 'Policy',
    summary: 'The version in force, the draft, what is scheduled, and what the draft would change.',
    answer: deskSchema,
    run: async () => ok(deskOf(await desk.view())),
  }),
  call({
    id: 'checkPolicy',
    method: 'post',
    path: '/policy/check',
    action: 'read',
    group: 'Policy',
    summary: 'What is wrong with a text, and what in it is hardly meant. Nothing is saved.',
    body: textBody,
    answer: checkedSchema,
    run: async ({ body }) => ok(checkedOf(await desk.check(body.text))),
  }),
  call({
    id: 'comparePolicy',
    method: 'post',
    path: '/policy/diff',
    action: 'read',
    group: 'Policy',
    summary: 'What a text would change of what is in force, in words. Nothing is saved.',
    body: textBody,
    answer: comparedSchema,
    problems: ['policy-faulty'],
    run: ({ body }) => compare(desk, body.text),
  }),
];

const compare = async (desk: DraftDesk, text: string): Promise<Answered<ApiCompared>> => {
  const { faults, warnings } = await desk.check(text);
  if (faults.length > 0) return faultyOf(faults);
  const { published } = await desk.view();
  return ok({
    against: published.version.number,
    identical: text === published.text,
    changes: changesOf((await changesInWords(desk.check, published.text, text)).changes),
    ...warningsOf(warnings),
  });
};
