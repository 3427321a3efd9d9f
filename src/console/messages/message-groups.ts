/** The messages of readers' pages, grouped by where they are shown. */
import { en } from '../../pages/messages/en.ts';

export const messageGroups = [
  {
    id: 'prompt',
    name: 'The prompt',
    where: 'At the cut: the sentence that ends every preview, and the block around it.',
  },
  {
    id: 'notice',
    name: 'Notices',
    where: 'Above an article: what is left to read for free, and what is owed.',
  },
  { id: 'cards', name: 'Cards', where: '“More from” and “Related”, below an article.' },
  {
    id: 'plans',
    name: 'Plans',
    where: 'The page of subscriptions, their prices, and the way back from paying.',
  },
  { id: 'signIn', name: 'Sign-in', where: 'Signing in and out.' },
  { id: 'account', name: 'Account', where: 'A reader’s own page, and erasing it.' },
  { id: 'mail', name: 'Mail', where: 'The message that signs somebody in.' },
  { id: 'pages', name: 'All pages', where: 'Around all of Gatefold’s own pages, and its error pages.' },
] as const;

export type MessageGroup = (typeof messageGroups)[number]['id'];

export interface KnownMessage {
  readonly key: string;
  readonly group: MessageGroup;
  /** It has one wording for each plural form. */
  readonly counted: boolean;
}

const groupOf = (key: string): MessageGroup => {
  const section = key.split('.', 1)[0] ?? '';
  return sections[section] ?? 'pages';
};

const sections: Readonly<Record<string, MessageGroup>> = {
  ...{ line: 'prompt', prompt: 'prompt', notice: 'notice', cards: 'cards' },
  ...{ subscribe: 'plans', price: 'plans', checkout: 'plans' },
  ...{ signIn: 'signIn', signedIn: 'signIn', signedOut: 'signIn' },
  ...{ account: 'account', erased: 'account', mail: 'mail' },
};

/** In the order of the built-in catalogue. */
export const everyMessage: readonly KnownMessage[] = Object.entries(en).map(([key, text]) => ({
  key,
  group: groupOf(key),
  counted: typeof text !== 'string',
}));
