/** What stands in the page of an article whose text can't be found: its title, and the prompt alone. */
import { renderToString } from 'preact-render-to-string';
import type { Messages } from './messages/create-messages.ts';
import { direction } from './messages/direction.ts';
import type { PromptFacts } from './prompt.tsx';
import { renderPrompt } from './prompt.tsx';

export interface WithheldFacts {
  /** '' when unknown: then the page has no heading of its own. */
  readonly title: string;
  /** BCP 47, of the article. */
  readonly language: string;
  readonly prompt: PromptFacts;
}

export const renderWithheldBody = (facts: WithheldFacts, messages: Messages): string => {
  const { title, language, prompt } = facts;
  const heading =
    title === ''
      ? ''
      : renderToString(
          <h1 lang={language} dir={direction(language)}>
            {title}
          </h1>,
        );
  return heading + renderPrompt(prompt, messages);
};
