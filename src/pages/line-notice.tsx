/** A quiet line at the start of an article's body, or at the foot of the window, with one way on. */
import { renderToString } from 'preact-render-to-string';
import { Isolated, slotted } from './isolated.tsx';
import { noticeStyle } from './isolated-style.ts';
import type { Messages } from './messages/create-messages.ts';
import { safeLink } from './safe-link.ts';

export interface LineFacts {
  readonly words: string;
  /** `name` is the slot that its words stand in, by which a page can find it. */
  readonly way: { readonly name: string; readonly href: string; readonly words: string };
  /** AMP forbids style and script: plain HTML in the page's own looks. */
  readonly amp: boolean;
  /** It stands at the end of the page, and stays in sight at the foot of the window. */
  readonly atFoot: boolean;
}

export const renderLine = ({ words, way, amp, atFoot }: LineFacts, messages: Messages): string => {
  const href = safeLink(way.href) ?? '/';
  if (amp) {
    return renderToString(
      <p class="gatefold-notice" role="note" lang={messages.locale} dir={messages.direction}>
        {words} <a href={href}>{way.words}</a>
      </p>,
    );
  }
  const shadow = (
    <div class="frame" role="note">
      <p>
        <slot name="words" />
      </p>
      <p>
        <slot name={way.name} />
      </p>
    </div>
  );
  return renderToString(
    <Isolated
      name="gatefold-notice"
      messages={messages}
      styles={[noticeStyle]}
      shadow={shadow}
      atFoot={atFoot}
    >
      <span {...slotted('words')}>{words}</span>{' '}
      <a {...slotted(way.name)} href={href}>
        {way.words}
      </a>
    </Isolated>,
  );
};
