/** The form that finds one reader or narrows the list. */
import type { ReadersFacts } from './readers-facts.ts';

/** Posted and not asked for: what is typed here may be an address, which belongs into no address bar and no proxy's log. */
export const ReadersSearch = ({ facts: { search, place, products } }: { facts: ReadersFacts }) => (
  <form class="part rd-search" method="post" action="/-/console/readers/find">
    <div class="field rd-wide">
      <label for="search">Find</label>
      <input
        id="search"
        name="search"
        type="search"
        maxLength={254}
        autocomplete="off"
        spellcheck={false}
        value={search}
        aria-describedby="search-hint"
      />
      <p class="hint" id="search-hint">
        An address or its beginning, the number at the foot of a reader’s pages, or a customer of Stripe’s.
        Empty: everybody.
      </p>
    </div>
    <div class="field">
      <label for="holds">Holds</label>
      <select id="holds" name="holds">
        <option value="">Anything or nothing</option>
        {products.map(({ id, name }) => (
          <option key={id} value={id} selected={id === place.filter.holds}>
            {name}
          </option>
        ))}
      </select>
    </div>
    <div class="field">
      <label for="only">Only those</label>
      <select id="only" name="only">
        <option value="">No matter how</option>
        <option value="owed" selected={place.filter.only === 'owed'}>
          who owe money
        </option>
        <option value="comp" selected={place.filter.only === 'comp'}>
          with a comp
        </option>
      </select>
    </div>
    <button class="button small" type="submit">
      Show
    </button>
  </form>
);
