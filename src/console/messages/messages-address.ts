/** What the messages' page is asked to show, as it stands in an address. */
import type { MessageGroup } from './message-groups.ts';

export interface MessagesAsked {
  readonly locale: string;
  readonly group: MessageGroup;
  /** '' where nothing is looked for; else messages of all groups are. */
  readonly search: string;
  /** Which of the group's pictures. */
  readonly picture: string;
  /** Shown in the picture wherever a number is. */
  readonly count: number;
}

export const messagesAddress = (asked: MessagesAsked, changes: Partial<MessagesAsked> = {}): string =>
  `/-/console/messages?${query({ ...asked, ...changes })}`;

export const messagesPictureAddress = (asked: MessagesAsked): string =>
  `/-/console/messages/picture?${query(asked)}`;

/** Without what is as it would be anyway. */
const query = ({ locale, group, search, picture, count }: MessagesAsked): string =>
  new URLSearchParams({
    ...{ locale, group },
    ...(search === '' ? {} : { q: search }),
    ...(picture === '' ? {} : { picture }),
    ...(count === usualCount ? {} : { count: String(count) }),
  }).toString();

export const usualCount = 3;
