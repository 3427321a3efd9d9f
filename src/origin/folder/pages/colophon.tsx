/** The foot of every page: what the house is, its publications, its feeds. */
import { publicationAddress } from '../addresses.ts';
import { directionOf } from '../language.ts';
import type { PageContext } from './page-context.ts';

export function Colophon({ context }: { readonly context: PageContext }) {
  const { site, publications } = context.library;
  return (
    <footer class="colophon" lang={site.language} dir={directionOf(site.language)}>
      <div class="colophon-inside">
        <div>
          <p class="colophon-name">
            <a href="/">{site.name}</a>
          </p>
          {site.description && <p>{site.description}</p>}
        </div>
        {publications.map(({ id, name, tagline }) => (
          <div key={id}>
            <p class="colophon-publication">
              <a href={publicationAddress(id)}>{name}</a>
            </p>
            {tagline && <p>{tagline}</p>}
            <p>
              <a href={`${publicationAddress(id)}/feed.xml`}>RSS feed of {name}</a>
            </p>
          </div>
        ))}
      </div>
    </footer>
  );
}
