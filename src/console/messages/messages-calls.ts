/** The call that lists messages; what changes them is an edit of the draft. */
import { z } from 'zod';
import { type Call, call, ok, problem } from '../api/call.ts';
import type { DeskViewer } from '../draft/desk-view.ts';
import { messageGroups } from './message-groups.ts';
import { namedLocale } from './message-locale.ts';
import { viewMessages } from './messages-view.ts';

export const messagesCalls = (desk: DeskViewer): readonly Call[] => [
  call({
    id: 'listMessages',
    method: 'get',
    path: '/messages',
    action: 'read',
    group: 'Policy',
    summary: 'Every text that readers see in one language: the built-in one and the publisher’s own.',
    query: z.object({
      locale: z.string().min(1).max(60).optional().describe('Such as en or pt-BR; absent: the site’s.'),
    }),
    answer: z.strictObject({
      revision: z.number().int().describe('Of the draft: send it with an edit.'),
      of: z.enum(['draft', 'inForce']).describe('`inForce` without a draft, and where the draft has faults.'),
      locale: z.string(),
      direction: z.enum(['ltr', 'rtl']),
      locales: z
        .array(z.strictObject({ locale: z.string(), builtIn: z.boolean(), own: z.number().int() }))
        .describe('The site’s own first; `own`: how many own texts there are in it.'),
      messages: z.array(
        z.strictObject({
          key: z.string().describe('As the policy names it, with its plural form: notice.one.'),
          group: z.enum(messageGroups.map(({ id }) => id)),
          placeholders: z.array(z.string()),
          numbers: z.string().optional().describe('Some of the numbers that take this plural form.'),
          builtIn: z
            .string()
            .optional()
            .describe('What readers get without an own text; absent: for one text for every number.'),
          own: z.string().optional(),
        }),
      ),
    }),
    run: async ({ query: { locale } }) => {
      const { policy } = await viewMessages(desk);
      const named = namedLocale(locale ?? policy.site.language, policy);
      if (named.kind === 'faulty')
        return problem('request-invalid', {
          faults: [{ in: 'query', at: 'locale', message: named.message }],
        });
      const view = await viewMessages(desk, named.locale);
      return ok({
        ...{
          revision: view.desk.working.revision,
          of: view.of,
          locale: view.locale,
          direction: view.direction,
        },
        locales: [...view.locales],
        messages: view.messages.flatMap(({ group, placeholders, texts }) =>
          texts.map(({ key, form, builtIn, own }) => ({
            ...{ key, group, placeholders: [...placeholders] },
            ...(form ? { numbers: form.numbers } : {}),
            ...(builtIn === undefined ? {} : { builtIn }),
            ...(own === undefined ? {} : { own }),
          })),
        ),
      });
    },
  }),
];
