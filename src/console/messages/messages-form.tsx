/** One message: the text that readers get without an own one, and the publisher's own in a form for each plural form. */
import { type FormAgain, shownForm } from '../draft/form-again.ts';
import type { MessagesAsked } from './messages-address.ts';
import type { MessagesView, MessageView, TextView } from './messages-view.ts';

interface Props {
  readonly message: MessageView;
  readonly view: MessagesView;
  readonly asked: MessagesAsked;
  readonly mayChange: boolean;
  readonly again: FormAgain | undefined;
}

export const MessageForms = (props: Props) => {
  const { message } = props;
  const { key, placeholders, texts } = message;
  return (
    <section class="messages-one" id={key} aria-labelledby={`${key}-name`}>
      <h3 id={`${key}-name`}>
        <code>{key}</code>
      </h3>
      {placeholders.length > 0 && (
        <p class="hint" id={`${key}-fill`}>
          Filled in:{' '}
          {placeholders.map((name, place) => (
            <>
              {place > 0 && ', '}
              <code>{`{${name}}`}</code>
            </>
          ))}
        </p>
      )}
      {texts.map((text) => (
        <OneText key={text.key} {...props} text={text} />
      ))}
    </section>
  );
};

const OneText = (props: Props & { text: TextView }) => {
  const { text, view, message, mayChange } = props;
  const { key, form, builtIn, own } = text;
  const words = formWords(text, message);
  const folded = mayChange && form === undefined && message.counted && own === undefined;
  return (
    // A plural form can be led to as well; the message itself is its section.
    <div class="messages-text" id={key === message.key ? undefined : key}>
      {words && !folded && <h4>{words}</h4>}
      {builtIn !== undefined && (
        <p class="messages-built-in" id={`${key}-built-in`}>
          <span>Built in:</span>{' '}
          <bdi lang={view.locale} dir="auto">
            {builtIn}
          </bdi>
        </p>
      )}
      {mayChange ? (
        folded ? (
          <details class="hush">
            <summary>One text for every number</summary>
            <OwnText {...props} words={words} />
          </details>
        ) : (
          <OwnText {...props} words={words} />
        )
      ) : (
        own !== undefined && (
          <p>
            Your own:{' '}
            <bdi lang={view.locale} dir="auto">
              {own}
            </bdi>
          </p>
        )
      )}
    </div>
  );
};

const formWords = ({ form }: TextView, { counted }: MessageView): string =>
  form ? `For ${form.numbers}` : counted ? 'For every number' : '';

const OwnText = ({ text, message, view, asked, again, words }: Props & { text: TextView; words: string }) => {
  const { key, builtIn, own, inForce } = text;
  const form = shownForm(key, again);
  const faults = form.faultsAt('text');
  const typed = form.hadTyped('text', own ?? '');
  const notes = [
    faults.length > 0 ? [`${key}-fault`] : [],
    builtIn === undefined ? [] : [`${key}-built-in`],
    message.placeholders.length > 0 ? [`${message.key}-fill`] : [],
  ].flat();
  return (
    <form class="messages-form" method="post" action="/-/console/messages/save" data-message={key}>
      <input type="hidden" name="revision" value={view.desk.working.revision} />
      <input type="hidden" name="locale" value={asked.locale} />
      <input type="hidden" name="group" value={asked.group} />
      <input type="hidden" name="q" value={asked.search} />
      <input type="hidden" name="picture" value={asked.picture} />
      <input type="hidden" name="key" value={key} />
      <div class="field">
        <label for={`${key}-text`}>
          Your own
          <span class="messages-of">
            {' '}
            text of {message.key}
            {words && `, ${words.toLowerCase()}`}
          </span>
        </label>
        <textarea
          id={`${key}-text`}
          name="text"
          rows={2}
          maxLength={4000}
          lang={view.locale}
          dir="auto"
          aria-describedby={notes.length > 0 ? notes.join(' ') : undefined}
          aria-invalid={faults.length > 0 ? 'true' : undefined}
          autofocus={form.isFirstFault('text') || undefined}
        >
          {form.value('text', own ?? '')}
        </textarea>
        {faults.length > 0 && (
          <p class="fault" id={`${key}-fault`}>
            {faults.join(' ')}
          </p>
        )}
        {typed !== undefined && (
          <p>
            You had: <bdi>{typed}</bdi>
          </p>
        )}
        {inForce !== undefined && (
          <p class="hint">
            In force: <bdi lang={view.locale}>{inForce === '' ? 'the built-in text' : inForce}</bdi>
          </p>
        )}
      </div>
      <div class="actions">
        <button class="button quiet small" type="submit">
          Save<span class="messages-of"> {key}</span>
        </button>
        {own !== undefined && (
          <button class="plain" type="submit" name="reset" value="yes" formNoValidate>
            Back to the built-in text<span class="messages-of"> of {key}</span>
          </button>
        )}
      </div>
    </form>
  );
};
