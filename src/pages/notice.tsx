/** The quiet line above a free read: how many are left, and until when. */
import { renderToString } from 'preact-render-to-string';
import { Isolated, slotted } from './isolated.tsx';
import { noticeStyle } from './isolated-style.ts';
import type { Messages } from './messages/create-messages.ts';
import { safeLink } from './safe-link.ts';

export interface NoticeFacts {
  /** After this view was counted. */
  readonly standing: { readonly left: number; readonly of: number; readonly resetsAt: number };
  readonly audience: 'visitor' | 'registered';
  /** Counted earlier in this window: then it isn't the last one, however few are left. */
  readonly reread: boolean;
  readonly links: { readonly subscribe: string };
  readonly amp: boolean;
}

/** HTML for the start of an article's body. */
export const renderNotice = (facts: NoticeFacts, messages: Messages): string => {
  const words = noticeWords(facts, messages);
  const href = safeLink(facts.links.subscribe) ?? '/';
  const subscribe = messages.text('prompt.subscribe');
  if (facts.amp) {
    return renderToString(
      <p class="gatefold-notice" role="note" lang={messages.locale} dir={messages.direction}>
        {words} <a href={href}>{subscribe}</a>
      </p>,
    );
  }
  const shadow = (
    <div class="g" role="note">
      <p>
        <slot name="words" />
      </p>
      <p>
        <slot name="subscribe" />
      </p>
    </div>
  );
  return renderToString(
    <Isolated name="gatefold-notice" messages={messages} styles={[noticeStyle]} shadow={shadow}>
      <span {...slotted('words')}>{words}</span>{' '}
      <a {...slotted('subscribe')} href={href}>
        {subscribe}
      </a>
    </Isolated>,
  );
};

const noticeWords = ({ standing, audience, reread }: NoticeFacts, messages: Messages): string => {
  const { left, of } = standing;
  const date = messages.day(standing.resetsAt);
  if (left <= 0) return messages.text(reread ? 'notice.reread' : 'notice.last', { date });
  const key = audience === 'registered' ? 'notice.registered' : 'notice';
  return messages.counted(key, left, { left, of, date });
};
