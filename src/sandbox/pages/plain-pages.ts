/** What is answered when there is no page to show: nobody knows the address, or the request isn't one of ours. */
import { hostedPaths } from '../hosted.ts';
import { messagePage } from './message-page.tsx';
import type { PageAnswer } from './page-answer.ts';

type Page = Extract<PageAnswer, { kind: 'page' }>;
type Plain = (now: number) => Page;

const plain =
  (status: number, title: string, text: string): Plain =>
  (now) =>
    messagePage({
      status,
      title,
      text,
      link: { to: `${hostedPaths.prefix}/`, label: 'Sandbox controls' },
      now,
    });

export const plainPages = {
  unknown: plain(404, 'There is no such page', 'Nothing of the sandbox is at this address.'),
  otherSite: plain(
    403,
    'That didn’t come from here',
    'Only the sandbox’s own pages may send this form. Open the page again and send it from there.',
  ),
  otherHost: plain(
    421,
    'This is not its address',
    'The sandbox answers to PUBLIC_URL and to localhost. Open it by one of them.',
  ),
  tooLarge: plain(413, 'That was too much', 'No form of the sandbox is that large.'),
  notAForm: plain(415, 'That is not a form', 'Send it as application/x-www-form-urlencoded.'),
  failed: plain(
    500,
    'The sandbox failed',
    'This is a fault of the sandbox itself. What it was is in the log.',
  ),
  wrongMethod: (allowed: string, now: number): Page => ({
    ...plain(405, 'It can’t be asked that way', 'Open the page and use what it offers.')(now),
    allowed,
  }),
} as const;
