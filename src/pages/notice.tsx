/** The quiet line above a free read: how many are left, and until when. */
import { renderLine } from './line-notice.tsx';
import type { Messages } from './messages/create-messages.ts';

export interface NoticeFacts {
  /** After this view was counted. */
  readonly standing: { readonly left: number; readonly of: number; readonly resetsAt: number };
  readonly audience: 'visitor' | 'registered';
  /** Counted earlier in this window: then it isn't the last one, however few are left. */
  readonly reread: boolean;
  readonly links: { readonly subscribe: string };
  readonly amp: boolean;
  /** See `LineFacts`. */
  readonly atFoot?: boolean;
}

/** HTML for the start of an article's body. */
export const renderNotice = (facts: NoticeFacts, messages: Messages): string =>
  renderLine(
    {
      words: noticeWords(facts, messages),
      way: { name: 'subscribe', href: facts.links.subscribe, words: messages.text('prompt.subscribe') },
      amp: facts.amp,
      atFoot: facts.atFoot ?? false,
    },
    messages,
  );

const noticeWords = ({ standing, audience, reread }: NoticeFacts, messages: Messages): string => {
  const { left, of } = standing;
  const date = messages.day(standing.resetsAt);
  if (left <= 0) return messages.text(reread ? 'notice.reread' : 'notice.last', { date });
  const key = audience === 'registered' ? 'notice.registered' : 'notice';
  return messages.counted(key, left, { left, of, date });
};
