/** Asks which article and which reader: the form above a page that is seen as somebody else, and above its explanation. */
import type { LookForm } from './look-schema.ts';
import { LookFaultNote, type LookFormFacts, LookWho } from './look-who.tsx';

interface Props {
  readonly place: 'see' | 'explain';
  readonly facts: LookFormFacts;
}

export const LookFormPart = ({ place, facts }: Props) => (
  <form class="look" method="post" action={`/-/console/${place}`}>
    <Address facts={facts} />
    <LookWho place={place} facts={facts} />
    {place === 'explain' && facts.drafted && <PolicyChoice chosen={facts.typed.policy} />}
    <button class="button small" type="submit">
      {place === 'see' ? 'Show the page' : 'Explain'}
    </button>
  </form>
);

const Address = ({ facts: { typed, fault, articles } }: Pick<Props, 'facts'>) => {
  const faulty = fault?.field === 'address';
  return (
    <div class="field">
      <label for="address">Article</label>
      <input
        id="address"
        name="address"
        type="text"
        inputMode="url"
        list="articles"
        maxLength={8192}
        autocomplete="off"
        spellcheck={false}
        value={typed.address}
        aria-describedby={faulty ? 'address-fault address-hint' : 'address-hint'}
        aria-invalid={faulty ? 'true' : undefined}
        autofocus={faulty}
      />
      {faulty && <LookFaultNote field="address" message={fault.message} />}
      <p class="hint" id="address-hint">
        Its path, such as <code>{articles[0]?.path ?? '/news/a-story'}</code>, or its whole address.
        {articles.length > 0 && ' The newest that Gatefold knows are offered as you type.'}
      </p>
      <datalist id="articles">
        {articles.map(({ path, title }) => (
          <option key={path} value={path} label={title || path} />
        ))}
      </datalist>
    </div>
  );
};

const PolicyChoice = ({ chosen }: { chosen: LookForm['policy'] }) => (
  <fieldset class="look-policy">
    <legend>By which policy</legend>
    {(['published', 'draft'] as const).map((policy) => (
      <label key={policy}>
        <input type="radio" name="policy" value={policy} checked={policy === chosen} />
        <span>{policy === 'published' ? 'What readers meet' : 'The draft'}</span>
      </label>
    ))}
  </fieldset>
);
