/** The publisher's own words: one language, one group of messages at a time, with a picture of where they are read. */

import { DraftBar } from '../draft/draft-bar.tsx';
import { FaultyDraft } from '../draft/faulty-draft.tsx';
import type { FormAgain } from '../draft/form-again.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { SeenFrame } from '../shell/seen-frame.tsx';
import { messageGroups } from './message-groups.ts';
import { localeInWords } from './message-locale.ts';
import { picturesOf } from './message-pictures.tsx';
import { type MessagesAsked, messagesAddress, messagesPictureAddress } from './messages-address.ts';
import { MessageForms } from './messages-form.tsx';
import type { MessagesView, MessageView } from './messages-view.ts';

export interface MessagesFacts {
  readonly view: MessagesView;
  readonly asked: MessagesAsked;
  /** True: whoever looks may edit the draft, and forms can. */
  readonly mayChange: boolean;
  readonly notice?: string;
  readonly fault?: string;
  /** The form that came back. */
  readonly again?: FormAgain;
}

export const renderMessagesPage = (frame: ConsoleFrame, facts: MessagesFacts): string => {
  const { view, asked, mayChange, notice, fault, again } = facts;
  const shown = shownOf(view, asked);
  const group = messageGroups.find(({ id }) => id === asked.group);
  const found = asked.search === '' ? group?.name : `Messages with “${asked.search}”`;
  return renderConsolePage({
    frame,
    place: '/-/console/messages',
    notice,
    fault,
    scripts: ['messages.js'],
    children: (
      <>
        <DraftBar desk={view.desk} frame={frame} />
        {view.desk.working.policy === undefined && <FaultyDraft />}
        <Languages view={view} asked={asked} />
        <Groups asked={asked} />
        <div class={asked.search === '' ? 'messages-spread' : undefined}>
          {asked.search === '' && <Picture asked={asked} />}
          <section class="part" aria-labelledby="messages">
            <h2 id="messages">{found}</h2>
            <p class="hint">
              {asked.search === ''
                ? group?.where
                : `In ${localeInWords(asked.locale)}, wherever they are shown.`}
            </p>
            {shown.length === 0 && <p>There is none.</p>}
            {shown.map((message) => (
              <MessageForms key={message.key} {...{ message, view, asked, mayChange, again }} />
            ))}
          </section>
        </div>
      </>
    ),
  });
};

const shownOf = ({ messages }: MessagesView, { group, search }: MessagesAsked): readonly MessageView[] => {
  if (search === '') return messages.filter((message) => message.group === group);
  const wanted = search.toLowerCase();
  const has = (text: string | undefined): boolean => text?.toLowerCase().includes(wanted) ?? false;
  return messages.filter(
    ({ key, texts }) => has(key) || texts.some(({ builtIn, own }) => has(builtIn) || has(own)),
  );
};

const Languages = ({ view: { locales, locale }, asked }: Pick<MessagesFacts, 'view' | 'asked'>) => (
  <section class="part" aria-labelledby="language">
    <h2 id="language">Language</h2>
    <nav class="messages-tabs" aria-label="Languages">
      <ul>
        {[...locales, ...(locales.some((one) => one.locale === locale) ? [] : [{ locale, own: 0 }])].map(
          (one) => (
            <li key={one.locale}>
              <a
                href={messagesAddress(asked, { locale: one.locale })}
                aria-current={one.locale === locale ? 'page' : undefined}
              >
                {localeInWords(one.locale)}
                {one.own > 0 && `, ${one.own} of your own`}
              </a>
            </li>
          ),
        )}
      </ul>
    </nav>
    <form class="line" method="get" action="/-/console/messages">
      <input type="hidden" name="group" value={asked.group} />
      <div class="field narrow">
        <label for="messages-locale">Another language</label>
        <input id="messages-locale" name="locale" type="text" maxLength={60} placeholder="nl" required />
      </div>
      <button class="button quiet small" type="submit">
        Open
      </button>
    </form>
    <p class="hint">
      An article’s language decides which one its readers get; what isn’t written in it is taken from the
      site’s.
    </p>
  </section>
);

const Groups = ({ asked }: { asked: MessagesAsked }) => (
  <section class="part" aria-labelledby="groups">
    <h2 id="groups">Where they are shown</h2>
    <nav class="messages-tabs" aria-label="Groups of messages">
      <ul>
        {messageGroups.map(({ id, name }) => (
          <li key={id}>
            <a
              href={messagesAddress(asked, { group: id, search: '', picture: '' })}
              aria-current={asked.search === '' && id === asked.group ? 'page' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <form class="line" method="get" action="/-/console/messages">
      <input type="hidden" name="locale" value={asked.locale} />
      <div class="field">
        <label for="messages-search">Look for words</label>
        <input id="messages-search" name="q" type="search" maxLength={100} value={asked.search} />
      </div>
      <button class="button quiet small" type="submit">
        Look
      </button>
    </form>
  </section>
);

const Picture = ({ asked }: { asked: MessagesAsked }) => (
  <section class="part" aria-labelledby="picture">
    <h2 id="picture">What it will look like</h2>
    <form class="line" method="get" action="/-/console/messages#picture" id="messages-picture">
      <input type="hidden" name="locale" value={asked.locale} />
      <input type="hidden" name="group" value={asked.group} />
      <div class="field">
        <label for="messages-which">Shown</label>
        <select id="messages-which" name="picture">
          {picturesOf(asked.group).map(({ id, name }) => (
            <option key={id} value={id} selected={id === asked.picture}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field narrow">
        <label for="messages-count">With the number</label>
        <input id="messages-count" name="count" type="number" min="0" max="10000000" value={asked.count} />
      </div>
      <button class="button quiet small" type="submit">
        Show
      </button>
    </form>
    <SeenFrame
      id="messages-frame"
      width="part"
      title="What readers see, with the messages of the draft"
      src={messagesPictureAddress(asked)}
    />
  </section>
);
