/** What stands on a listing in the place of text that is withheld there: a link to the article. */
import { renderToString } from 'preact-render-to-string';
import type { Messages } from './messages/create-messages.ts';

export const continueLink = (article: string, messages: Messages): string =>
  renderToString(
    <a class="gatefold-continue" href={article} lang={messages.locale} dir={messages.direction}>
      {messages.text('line')}
    </a>,
  );
