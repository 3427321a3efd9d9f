/** A page that only says something: unknown, expired, finished. */
import { safeLink } from '../../pages/safe-link.ts';
import { Frame, renderFrame } from './frame.tsx';
import type { PageAnswer } from './page-answer.ts';

interface Message {
  readonly status: number;
  readonly part?: string;
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly to: string; readonly label: string };
  readonly now: number;
}

export const messagePage = (message: Message): Extract<PageAnswer, { kind: 'page' }> => {
  const { status, part = 'Gatefold sandbox', title, text, link, now } = message;
  const html = renderFrame(
    <Frame part={part} title={title} now={now} words={<p class="lead">{text}</p>}>
      <a class="button" href={safeLink(link?.to ?? '/') ?? '/'}>
        {link?.label ?? 'To the site'}
      </a>
    </Frame>,
  );
  return { kind: 'page', status, html };
};
