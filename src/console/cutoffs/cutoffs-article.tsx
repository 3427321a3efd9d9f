/** Which article a cutoff is tried on: one that the gate knows, or one by its address. */
import type { CutoffsFacts } from './cutoffs-facts.ts';
import { followsCutoff, type KnownArticle } from './cutoffs-view.ts';

export const CutoffsArticle = ({ facts: { view, asked } }: { facts: CutoffsFacts }) => {
  const { articles } = view;
  const listed = articles.some(({ address }) => address === asked.address);
  const typed = listed ? '' : asked.address;
  const under = articles.filter((article) => followsCutoff(article, asked.place));
  const others = articles.filter((article) => !followsCutoff(article, asked.place));
  return (
    <fieldset class="cutoffs-fields">
      <legend>Tried on</legend>
      {articles.length > 0 && (
        <div class="field">
          <label for="cut-article">Article</label>
          <select id="cut-article" name="article">
            <option value="" selected={!listed}>
              At an address…
            </option>
            <Group label="Cut here" articles={under} chosen={asked.address} />
            <Group label="Cut elsewhere" articles={others} chosen={asked.address} />
          </select>
        </div>
      )}
      <div class="field">
        <label for="cut-address">{articles.length > 0 ? 'Or its address' : 'Its address'}</label>
        <input
          id="cut-address"
          name="address"
          type="text"
          inputMode="url"
          maxLength={2000}
          placeholder="/news/a-story"
          autocomplete="off"
          spellcheck={false}
          value={typed}
        />
        <input type="hidden" name="shown" value={typed} />
      </div>
    </fieldset>
  );
};

interface GroupProps {
  readonly label: string;
  readonly articles: readonly KnownArticle[];
  readonly chosen: string;
}

const Group = ({ label, articles, chosen }: GroupProps) =>
  articles.length === 0 ? null : (
    <optgroup label={label}>
      {articles.map(({ address, title }) => (
        <option key={address} value={address} selected={address === chosen}>
          {title || address}
        </option>
      ))}
    </optgroup>
  );
